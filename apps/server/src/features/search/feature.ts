import type { Feature } from '../../core/feature.ts'
import { addFragment, type Outcome } from '../posts/index.ts'
import listeners from './events.ts'
import { fileIndexOf, wakeFileIndex } from './file-index.ts'
import { hasFilesSql, queueFilesSql } from './file-store.ts'
import { postIndexOf, wakePostIndex } from './post-index.ts'
import { rebuildOf } from './rebuild.ts'
import routes from './routes.ts'
import { queueSql } from './store.ts'

export const search: Feature = {
  name: 'search',
  routes,
  listeners,
  effects: [wakePostIndex, wakeFileIndex],
  start(server) {
    addFragment(server, {
      // Most messages have no files, and leave their queue alone.
      part: (rows) =>
        rows.some(({ file_ids }) => file_ids.length > 0)
          ? { values: [], sql: () => queueSql + queueFilesSql, column: hasFilesSql, variant: 'files' }
          : { values: [], sql: () => queueSql },
      told: (context, outcome: Outcome & { has_files?: boolean }, found) => {
        context.effect(wakePostIndex, {})
        if (outcome.has_files || found) context.effect(wakeFileIndex, {})
      },
    })
  },
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
