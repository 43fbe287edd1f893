import type { Feature } from '../../core/feature.ts'
import { addFragment } from '../posts/index.ts'
import listeners from './events.ts'
import { fileIndexOf } from './file-index.ts'
import { queueFilesSql } from './file-store.ts'
import { postIndexOf } from './post-index.ts'
import routes from './routes.ts'
import { queueSql } from './store.ts'

export const search: Feature = {
  name: 'search',
  routes,
  listeners,
  start(server) {
    addFragment(server, {
      part: () => ({ values: [], sql: () => queueSql + queueFilesSql }),
      told: () => {
        postIndexOf(server).wake()
        fileIndexOf(server).wake()
      },
    })
  },
  async beforeClients(server) {
    // What an earlier run had written and not indexed.
    postIndexOf(server).wake()
    fileIndexOf(server).wake()
  },
  async stop(server) {
    await Promise.all([postIndexOf(server).stop(), fileIndexOf(server).stop()])
  },
}
