import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'
import { running } from './running.ts'
import { deleteOldJobs } from './store.ts'

const DAY_MS = 86_400_000

export const jobs: Feature = {
  name: 'jobs',
  routes,
  queues: [running],
  refusals: [
    {
      operation: 'GET /api/v4/jobs/{job_id}/download',
      reason: 'no job of this server makes a file to download',
    },
  ],
  schedules: [
    {
      name: 'jobs.delete_old',
      cron: '41 3 * * *',
      async run({ db, settings }) {
        const days = settings().JobSettings.CleanupJobsThresholdDays
        if (days >= 0) await deleteOldJobs(db, Date.now() - days * DAY_MS)
      },
    },
  ],
}
