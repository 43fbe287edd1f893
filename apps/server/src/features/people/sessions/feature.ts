import type { Feature } from '../../../core/feature.ts'
import { ALL_LOCKED_MS } from './attempts.ts'
import { deleteOldAttempts } from './attempts-store.ts'
import listeners from './events.ts'
import { actorOfToken, effects, forgetAll, tokenOf } from './live.ts'
import { provePassword } from './proving.ts'
import routes from './routes.ts'
import { deleteExpired } from './store.ts'

export const sessions: Feature = {
  name: 'sessions',
  routes,
  listeners,
  effects,
  resync: forgetAll,
  start(server) {
    server.ports.authenticate = async (credentials) => {
      const given = tokenOf(credentials)
      return given ? await actorOfToken(server, given.token, given.fromCookie) : null
    }
    server.ports.provePassword = provePassword
    server.ports.authenticateToken = (token) => actorOfToken(server, token, false)
  },
  schedules: [
    {
      name: 'sessions.delete_attempts',
      cron: '47 * * * *',
      async run({ db }) {
        await deleteOldAttempts(db, Date.now() - ALL_LOCKED_MS)
      },
    },
    {
      name: 'sessions.delete_expired',
      cron: '17 * * * *',
      async run({ db }) {
        await deleteExpired(db, Date.now())
      },
    },
  ],
}
