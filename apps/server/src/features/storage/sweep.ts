/** Removing bytes that belong to nothing. */
import type { Server } from '../../core/server.ts'
import { deleteLoose, looseBefore } from './store.ts'

const AT_ONCE = 500
/** Nobody is still writing what is loose since yesterday. */
const DAY_MS = 24 * 60 * 60_000

/** Removes loose bytes now. */
export const removeLoose = async (server: Server, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await server.blobs.remove(key)
  if (keys.length > 0) await deleteLoose(server.db, keys)
}

/** Removes everything that has been loose since before a time. Returns how much that was. */
export const sweepBefore = async (server: Server, time: number): Promise<number> => {
  let removed = 0
  for (;;) {
    const keys = await looseBefore(server.db, time, AT_ONCE)
    await removeLoose(server, keys)
    removed += keys.length
    if (keys.length < AT_ONCE) return removed
  }
}

export const sweep = async (server: Server): Promise<void> => {
  const removed = await sweepBefore(server, Date.now() - DAY_MS)
  if (removed > 0) server.log.info({ removed }, 'bytes that belonged to nothing were removed')
}

/** What an earlier run left: nobody is writing it any more. Clients need not wait for it. */
export const sweepAtStart = (server: Server): void => {
  sweepBefore(server, Date.now()).then(
    (removed) => {
      if (removed > 0) server.log.info({ removed }, 'bytes that belonged to nothing were removed')
    },
    (error: unknown) => server.log.warn({ err: error }, 'bytes that belong to nothing could not be removed'),
  )
}
