import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'
import { deleteExpired } from './store.ts'

export const sso: Feature = {
  name: 'sso',
  routes,
  schedules: [
    {
      name: 'sso.delete_expired',
      cron: '*/10 * * * *',
      async run({ db }) {
        await deleteExpired(db, Date.now())
      },
    },
  ],
}
