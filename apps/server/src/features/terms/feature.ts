import type { Feature } from '../../core/feature.ts'
import { knowTerms } from '../settings/index.ts'
import routes from './routes.ts'
import { findLatest } from './store.ts'

export const terms: Feature = {
  name: 'terms',
  routes,
  async start(server) {
    knowTerms(server, (await findLatest(server.db))?.id ?? '')
  },
}
