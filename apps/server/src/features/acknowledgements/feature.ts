import { extend } from '../../core/extension.ts'
import type { Feature } from '../../core/feature.ts'
import { writingParts } from '../posts/index.ts'
import listeners from './events.ts'
import { callAgain } from './insisting.ts'
import routes from './routes.ts'
import { insisting } from './writing.ts'

export const acknowledgements: Feature = {
  name: 'acknowledgements',
  routes,
  listeners,
  extensions: [extend(writingParts, insisting)],
  schedules: (server) => [{ name: 'acknowledgements.call', cron: '* * * * *', run: () => callAgain(server) }],
}
