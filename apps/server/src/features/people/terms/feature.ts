import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'
import { readTerms, useTerms } from './service.ts'

export const terms: Feature = {
  name: 'terms',
  routes,
  effects: [useTerms],
  start: readTerms,
  resync: readTerms,
}
