import type { Feature } from '../../core/feature.ts'
import { addFragment, type Outcome } from '../posts/index.ts'
import listeners from './events.ts'
import { fileIndexOf } from './file-index.ts'
import { hasFilesSql, queueFilesSql } from './file-store.ts'
import { postIndexOf } from './post-index.ts'
import { rebuildOf } from './rebuild.ts'
import routes from './routes.ts'
import { queueSql } from './store.ts'

export const search: Feature = {
  name: 'search',
  routes,
  listeners,
  start(server) {
    addFragment(server, {
      // Most messages have no files, and leave their queue alone.
      part: (rows) =>
        rows.some(({ file_ids }) => file_ids.length > 0)
          ? { values: [], sql: () => queueSql + queueFilesSql, column: hasFilesSql, variant: 'files' }
          : { values: [], sql: () => queueSql },
      told: (_, outcome: Outcome & { has_files?: boolean }, found) => {
        postIndexOf(server).wake()
        if (outcome.has_files || found) fileIndexOf(server).wake()
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
