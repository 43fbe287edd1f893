/**
 * The service worker: the program starts without the server, and pictures of people, teams and emoji are
 * there at once. Messages are none of its business: the page keeps them itself. It never takes over a page
 * that runs; the page offers the new version.
 */
/** The build puts these before the program: the files of the shell, and its name, which changes with them. */
declare const shellFiles: readonly string[]
declare const shellName: string
/** A build with this switch removes the service worker of every browser that comes by. */
declare const isSwitchedOff: boolean

const worker = self as unknown as ServiceWorkerGlobalScope

const SHELLS = 'plausch-shell-'
const SHELL = SHELLS + shellName
const CONTENT = 'plausch-content'
const PAGE = '/index.html'
/** A page that does not come within this time is shown from the cache. */
const PATIENCE_MS = 1000
const MOST_PICTURES = 500
/** Pages that are open since an earlier version still load its parts. */
const SHELLS_KEPT = 3

/** Hashed files of an earlier version are the same in this one: they are not loaded again. */
const copyOrLoad = async (cache: Cache, path: string): Promise<void> => {
  const known = path.startsWith('/static/') ? await caches.match(path) : undefined
  if (known) return await cache.put(path, known)
  const response = await fetch(path, { cache: path.startsWith('/static/') ? 'default' : 'reload' })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  await cache.put(path, response)
}

const install = async (): Promise<void> => {
  const cache = await caches.open(SHELL)
  for (const path of shellFiles) await copyOrLoad(cache, path)
}

const shells = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(SHELLS))

const dropOldShells = async (): Promise<void> => {
  const old = (await shells()).filter((name) => name !== SHELL)
  for (const name of old.slice(0, Math.max(0, old.length - (SHELLS_KEPT - 1)))) await caches.delete(name)
}

const retire = async (): Promise<void> => {
  for (const name of await caches.keys()) if (name.startsWith('plausch-')) await caches.delete(name)
  await worker.registration.unregister()
}

worker.addEventListener('install', (event) => {
  if (isSwitchedOff) void worker.skipWaiting()
  else event.waitUntil(install())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(isSwitchedOff ? retire() : dropOldShells())
})

worker.addEventListener('message', (event) => {
  const kind: unknown = (event.data as { kind?: unknown } | undefined)?.kind
  if (kind === 'take-over') void worker.skipWaiting()
  if (kind === 'which-files') event.ports[0]?.postMessage(shellFiles)
})

const fromShell = async (path: string): Promise<Response | undefined> =>
  (await (await caches.open(SHELL)).match(path)) ?? (await caches.match(path))

const late = (): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS))

/** The page itself: the server's if it answers soon, so that nobody stays with an old one. */
const openPage = async (request: Request): Promise<Response> => {
  const asked = fetch(request)
  const soon = await Promise.race([asked.catch(() => undefined), late()])
  if (soon && soon.status < 500) return soon
  return (await fromShell(PAGE)) ?? (await asked)
}

const openFile = async (request: Request): Promise<Response> => {
  const known = await fromShell(new URL(request.url).pathname)
  if (known) return known
  const response = await fetch(request)
  if (response.ok) await (await caches.open(SHELL)).put(request, response.clone())
  return response
}

const drop = async (cache: Cache): Promise<void> => {
  const keys = await cache.keys()
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST_PICTURES))) await cache.delete(key)
}

/** The picture that is known, while the server is asked for a newer one. */
const openPicture = async (event: FetchEvent): Promise<Response> => {
  const cache = await caches.open(CONTENT)
  const known = await cache.match(event.request)
  const fresh = async (): Promise<Response> => {
    const response = await fetch(event.request)
    if (response.ok && response.headers.get('content-type')?.startsWith('image/')) {
      await cache.put(event.request, response.clone())
      await drop(cache)
    }
    return response
  }
  if (!known) return await fresh()
  event.waitUntil(fresh().catch(() => undefined))
  return known
}

const PICTURE = /^\/api\/v4\/(users|emoji|teams)\/[a-z0-9]{26}\/image$/
/** Paths that the server answers by itself, not with the page. */
const OF_SERVER =
  /^\/(api|files|hooks|oauth|static|plugins|saml|reference)(\/|$)|^\/login\/sso|^\/(login|signup)\/[^/]+\/complete$/

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || isSwitchedOff) return
  if (PICTURE.test(pathname)) event.respondWith(openPicture(event))
  else if (pathname.startsWith('/static/')) event.respondWith(openFile(request))
  else if (request.mode === 'navigate' && !OF_SERVER.test(pathname)) event.respondWith(openPage(request))
  else if (shellFiles.includes(pathname))
    event.respondWith(
      fetch(request).catch(async (fault: unknown) => {
        const known = await fromShell(pathname)
        if (known) return known
        throw fault
      }),
    )
})
