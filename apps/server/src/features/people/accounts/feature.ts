import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import { letters } from './letters.ts'
import routes from './routes.ts'
import { deleteExpired } from './store.ts'

export const accounts: Feature = {
  name: 'accounts',
  routes,
  listeners,
  letters,
  schedules: [
    {
      name: 'accounts.delete_expired',
      cron: '23 * * * *',
      async run({ db }) {
        await deleteExpired(db, Date.now())
      },
    },
  ],
}
