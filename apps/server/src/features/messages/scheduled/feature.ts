import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'
import { keepJobs, sending } from './sending.ts'

export const scheduled: Feature = {
  name: 'scheduled',
  routes,
  queues: [sending],
  beforeClients: keepJobs,
  schedules: [{ name: 'scheduled.keep', cron: '7 * * * *', run: keepJobs }],
}
