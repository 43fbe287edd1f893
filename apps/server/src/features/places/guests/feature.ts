import type { Feature } from '../../../core/feature.ts'
import { letters, tend } from './ending.ts'
import listeners from './events.ts'
import routes from './routes.ts'

export const guests: Feature = {
  name: 'guests',
  routes,
  listeners,
  letters,
  schedules: [{ name: 'guests.tend', cron: '*/5 * * * *', run: tend }],
}
