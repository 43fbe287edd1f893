import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postErasers } from '../../messages/posts/index.ts'
import routes from './routes.ts'
import { eraseRemindersOf, keepJobs, reminding } from './sending.ts'

export const reminders: Feature = {
  name: 'reminders',
  routes,
  extensions: [extend(postErasers, eraseRemindersOf)],
  queues: [reminding],
  beforeClients: keepJobs,
  schedules: [{ name: 'reminders.keep', cron: '7 * * * *', run: keepJobs }],
}
