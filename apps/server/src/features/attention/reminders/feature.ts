import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { keepJobs, reminding } from './sending.ts'

export const reminders: Feature = {
  name: 'reminders',
  routes,
  listeners,
  queues: [reminding],
  beforeClients: keepJobs,
  schedules: [{ name: 'reminders.keep', cron: '7 * * * *', run: keepJobs }],
}
