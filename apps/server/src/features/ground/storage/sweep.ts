/** Deletes bytes that belong to no row. */
import type { Server } from '../../../core/server.ts'
import { deleteLoose, looseBefore } from './store.ts'

const AT_ONCE = 500
/** Nobody is still writing bytes that have been loose for a day. */
const DAY_MS = 24 * 60 * 60_000

/** Deletes loose bytes now. */
export const removeLoose = async (server: Server, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await server.blobs.remove(key)
  if (keys.length > 0) await deleteLoose(server.db, keys)
}

/** Deletes loose bytes soon, without waiting for it; if that fails, the sweep does it. */
export const discardBlobs = (server: Server, keys: readonly string[]): void =>
  server.background.run(removeLoose(server, keys), 'bytes that belong to nothing are left for the sweep')

/** Deletes everything that has been loose since before a time. Returns the number of blobs. */
export const sweepBefore = async (server: Server, time: number): Promise<number> => {
  let removed = 0
  for (;;) {
    const keys = await looseBefore(server.db, time, AT_ONCE)
    await removeLoose(server, keys)
    removed += keys.length
    if (keys.length < AT_ONCE) return removed
  }
}

const sweepAll = async (server: Server, time: number): Promise<void> => {
  const removed = await sweepBefore(server, time)
  if (removed > 0) server.log.info({ removed }, 'bytes that belonged to nothing were removed')
}

export const sweep = (server: Server): Promise<void> => sweepAll(server, Date.now() - DAY_MS)

/** Deletes what an earlier run left, because nobody is writing it any more. Clients need not wait for it. */
export const sweepAtStart = (server: Server): void => {
  server.background.run(sweepAll(server, Date.now()), 'bytes that belong to nothing could not be removed')
}
