import type { Feature } from '../../core/feature.ts'
import { addFragment } from '../posts/index.ts'
import listeners from './events.ts'
import { indexerOf } from './indexer.ts'
import routes from './routes.ts'
import { queueSql } from './store.ts'

export const search: Feature = {
  name: 'search',
  routes,
  listeners,
  start(server) {
    addFragment(server, {
      part: () => ({ values: [], sql: () => queueSql }),
      told: () => indexerOf(server).wake(),
    })
  },
  async beforeClients(server) {
    // What an earlier run had written and not indexed.
    indexerOf(server).wake()
  },
}
