import { after, fact } from '../../../core/facts.ts'
import { removeLoose } from './sweep.ts'

/** Bytes no longer belong to a row. */
export const blobsLoosened = fact<{ keys: string[] }>('storage.blobs_loosened')

export default [
  after(blobsLoosened, async ({ server }, { keys }) => {
    await removeLoose(server, keys)
    server.log.info({ removed: keys.length }, 'bytes of deleted files were removed')
  }),
]
