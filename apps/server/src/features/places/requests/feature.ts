import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import { askOwners } from './reviews.ts'
import routes from './routes.ts'
import { letters } from './telling.ts'
import { tend } from './waiting.ts'

export const requests: Feature = {
  name: 'requests',
  routes,
  listeners,
  letters,
  schedules: [
    { name: 'requests.tend', cron: '17 6 * * *', run: tend },
    { name: 'requests.ask_owners', cron: '47 6 * * *', run: askOwners },
  ],
}
