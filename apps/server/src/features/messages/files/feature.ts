import type { Feature } from '../../../core/feature.ts'
import { keepJobs, reading } from './content.ts'
import routes from './routes.ts'
import { sweepUnused } from './sweep.ts'

export const files: Feature = {
  name: 'files',
  routes,
  queues: [reading],
  beforeClients: keepJobs,
  schedules: [{ name: 'files.sweep', cron: '23 * * * *', run: sweepUnused }],
}
