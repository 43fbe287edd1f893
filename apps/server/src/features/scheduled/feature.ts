import type { Feature } from '../../core/feature.ts'
import routes from './routes.ts'
import { sendDue } from './sending.ts'

export const scheduled: Feature = {
  name: 'scheduled',
  routes,
  schedules: (server) => [{ name: 'scheduled.send', cron: '* * * * *', run: () => sendDue(server) }],
}
