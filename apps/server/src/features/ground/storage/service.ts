/**
 * Links bytes to rows. Both cannot be written together, so bytes are on a list of loose ones before they are
 * written. The transaction that writes their row removes them from it; when the row is deleted, they are
 * added to it again. Everything on the list will be deleted.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { blobsLoosened } from './events.ts'
import { deleteLoose, insertLoose } from './store.ts'

/** Writes bytes that belong to nothing yet. Returns their number. If it throws, it leaves nothing behind. */
export const putBlob = async (
  server: Server,
  key: string,
  source: AsyncIterable<Uint8Array>,
): Promise<number> => {
  await insertLoose(server.db, [key], Date.now())
  try {
    return await server.blobs.put(key, source)
  } catch (error) {
    // The caller need not wait for this: the sweep would find the entry as well.
    server.background.run(deleteLoose(server.db, [key]), 'the note of unwritten bytes is left for the sweep')
    throw error
  }
}

/** Call it in the transaction that writes the row: the bytes belong to it from the commit on. */
export const ownBlobs = async ({ db }: Context, keys: readonly string[]): Promise<void> => {
  // The sweep may have deleted the bytes meanwhile, and no row may exist without its bytes.
  if (keys.length > 0 && (await deleteLoose(db, keys)) !== keys.length) throw new Fault('storage.missing')
}

/** Call it in the transaction that deletes the row: it stores a job that deletes the bytes. */
export const loosenBlobs = async (context: Context, keys: readonly string[]): Promise<void> => {
  if (keys.length === 0) return
  await insertLoose(context.db, keys, context.now)
  await context.emit(blobsLoosened, { keys: [...keys] })
}
