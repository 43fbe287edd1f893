/** What the tabs of this browser agree about: who sends, and that somebody has signed out. */
import type { Exclusive } from '@plausch/client'

/** A tab that the browser has put to sleep may hold a lock; nobody waits for it longer than this. */
const PATIENCE_MS = 10_000

/** Runs work while no other tab runs work of that name. What is sent twice all the same is accepted once. */
export const exclusive: Exclusive = async (name, work) => {
  if (!('locks' in navigator)) return await work()
  let isRunning = false
  try {
    const options = { signal: AbortSignal.timeout(PATIENCE_MS) }
    return (await navigator.locks.request(`plausch/${name}`, options, () => {
      isRunning = true
      return work()
    })) as Awaited<ReturnType<typeof work>>
  } catch (error) {
    if (isRunning) throw error
    return await work()
  }
}

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('plausch') : undefined

type Message = { kind: 'signed-out' }

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'signed-out'

/** Deletes copies of pictures that the service worker keeps. The program itself stays. */
export const deleteContentCaches = async (): Promise<void> => {
  if (!('caches' in globalThis)) return
  for (const name of await caches.keys()) if (name.startsWith('plausch-content')) await caches.delete(name)
}

/** Tells the other tabs that the person has signed out here. */
export const tellSignOut = (): void => {
  channel?.postMessage({ kind: 'signed-out' } satisfies Message)
  deleteContentCaches().catch(() => undefined)
}

/** Calls `leave` when the person has signed out in another tab. */
export const onSignOutElsewhere = (leave: () => void): void =>
  channel?.addEventListener('message', ({ data }) => {
    if (isMessage(data)) leave()
  })
