/**
 * The service worker of this page, which lets the program start without the server. Everything works without
 * it, too: in browsers that have none or forbid it.
 */
import { type Source, Value } from '@plausch/client'

/** The server may have a new version from time to time, and after each restart. */
const LOOK_EVERY_MS = 3_600_000
/** If the new version does not take over within this time, the page reloads all the same. */
const TAKE_OVER_MS = 3000

const waiting = new Value<ServiceWorker | undefined>(undefined)

/** A new version waits; `reloadIntoNewVersion` begins to use it. */
export const newVersion: Source<ServiceWorker | undefined> = waiting

let update = (): void => undefined

/** Asks whether there is a new version: the server may have been restarted with one. */
export const lookForNewVersion = (): void => update()

/** The files of a service worker's version. */
const filesOf = (worker: ServiceWorker): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<readonly string[]>) => resolve(data)
    worker.postMessage({ kind: 'which-files' }, [port2])
  })

/** The addresses of this page's program; in every version at least one has a new name. */
const ownProgram = (): string[] =>
  [...document.querySelectorAll<HTMLScriptElement>('script[type="module"]')].map(
    ({ src }) => new URL(src, location.href).pathname,
  )

/** A page that came from the server is often new already: then nothing is to be offered. */
const offer = async (worker: ServiceWorker): Promise<void> => {
  const files = await filesOf(worker)
  if (ownProgram().every((path) => files.includes(path))) worker.postMessage({ kind: 'take-over' })
  else waiting.set(worker)
}

const watch = (registration: ServiceWorkerRegistration): void => {
  const look = (): void => {
    const { installing, waiting: ready } = registration
    if (ready && navigator.serviceWorker.controller) void offer(ready)
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller) void offer(installing)
    })
  }
  look()
  registration.addEventListener('updatefound', look)
  update = () => void registration.update().catch(() => undefined)
  setInterval(update, LOOK_EVERY_MS)
}

/** Registers the service worker; call it once, when the page is painted. */
export const startServiceWorker = (): void => {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/service-worker.js', { scope: '/' }).then(watch, () => undefined)
}

/** Begins to use the new version: the page reloads. */
export const reloadIntoNewVersion = (): void => {
  const worker = waiting.get()
  const reload = (): void => location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true })
  setTimeout(reload, TAKE_OVER_MS)
  worker?.postMessage({ kind: 'take-over' })
}
