import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import { letters } from './letters.ts'
import routes from './routes.ts'
import { joinByToken } from './service.ts'
import { deleteExpired } from './store.ts'

/**
 * Expired invitations are kept this long, so that a late person learns that theirs has expired instead of
 * "not found".
 */
const KEPT_MS = 7 * 86_400_000

export const invitations: Feature = {
  name: 'invitations',
  routes,
  listeners,
  letters,
  start(server) {
    server.ports.joinByToken = joinByToken
  },
  schedules: [
    {
      name: 'invitations.delete_expired',
      cron: '41 * * * *',
      async run({ db }) {
        await deleteExpired(db, Date.now() - KEPT_MS)
      },
    },
  ],
}
