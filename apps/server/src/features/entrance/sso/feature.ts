import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import { forgetGroups } from './groups-store.ts'
import routes from './routes.ts'
import { deleteExpired } from './store.ts'

/** Groups that nobody has named for so long are not shown to administrators any more. */
const KEPT_MS = 180 * 24 * 3_600_000
/** Of one service, so that a provider that invents groups cannot fill the database. */
const MOST_GROUPS = 20_000

export const sso: Feature = {
  name: 'sso',
  routes,
  listeners,
  schedules: [
    {
      name: 'sso.delete_expired',
      cron: '*/10 * * * *',
      async run({ db }) {
        await deleteExpired(db, Date.now())
      },
    },
    {
      name: 'sso.forget_groups',
      cron: '23 4 * * *',
      async run({ db }) {
        await forgetGroups(db, Date.now() - KEPT_MS, MOST_GROUPS)
      },
    },
  ],
}
