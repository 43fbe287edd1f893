import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'
import { sweep } from './service.ts'

export const uploads: Feature = {
  name: 'uploads',
  routes,
  schedules: [{ name: 'uploads.sweep', cron: '23 * * * *', run: sweep }],
}
