/**
 * Bytes and the rows that they belong to. The two cannot be written together, so bytes are on a list of loose ones before they are written, and
 * leave it in the transaction that writes their row; when the row goes, they come back to it. Whatever is on the list is removed.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { blobsLoosened } from './events.ts'
import { deleteLoose, insertLoose } from './store.ts'

/** Writes bytes that belong to nothing yet. Returns their number; where it throws, nothing of them is left. */
export const putBlob = async (
  server: Server,
  key: string,
  source: AsyncIterable<Uint8Array>,
): Promise<number> => {
  await insertLoose(server.db, [key], Date.now())
  try {
    return await server.blobs.put(key, source)
  } catch (error) {
    // Not awaited by whoever hears of the failure: the sweep would find it as well.
    server.background.run(deleteLoose(server.db, [key]), 'the note of unwritten bytes is left for the sweep')
    throw error
  }
}

/** In the transaction that writes their row: the bytes belong to it from its commit on. */
export const ownBlobs = async ({ db }: Context, keys: readonly string[]): Promise<void> => {
  // What has been swept meanwhile is gone: a row without its bytes must not be.
  if (keys.length > 0 && (await deleteLoose(db, keys)) !== keys.length) throw new Fault('storage.missing')
}

/** In the transaction that deletes their row: the bytes go by a job that it stores. */
export const loosenBlobs = async (context: Context, keys: readonly string[]): Promise<void> => {
  if (keys.length === 0) return
  await insertLoose(context.db, keys, context.now)
  await context.emit(blobsLoosened, { keys: [...keys] })
}
