import { extend } from '../../core/extension.ts'
import type { Feature } from '../../core/feature.ts'
import { writingParts } from '../posts/index.ts'
import listeners from './events.ts'
import { fileIndexOf, wakeFileIndex } from './file-index.ts'
import { postIndexOf, wakePostIndex } from './post-index.ts'
import { rebuildOf } from './rebuild.ts'
import routes from './routes.ts'
import { indexing } from './writing.ts'

export const search: Feature = {
  name: 'search',
  routes,
  listeners,
  effects: [wakePostIndex, wakeFileIndex],
  extensions: [extend(writingParts, indexing)],
  async beforeClients(server) {
    // What an earlier run had written and not indexed.
    postIndexOf(server).wake()
    fileIndexOf(server).wake()
    rebuildOf(server).start()
  },
  async stop(server) {
    await Promise.all([rebuildOf(server).stop(), postIndexOf(server).stop(), fileIndexOf(server).stop()])
  },
}
