import type { Feature } from '../../core/feature.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { remindDue } from './sending.ts'

export const reminders: Feature = {
  name: 'reminders',
  routes,
  listeners,
  schedules: (server) => [{ name: 'reminders.send', cron: '* * * * *', run: () => remindDue(server) }],
}
