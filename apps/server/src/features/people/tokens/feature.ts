import type { Feature } from '../../../core/feature.ts'
import { tokenOf } from '../sessions/index.ts'
import listeners from './events.ts'
import { actorOfAccessToken, effects, forgetAll } from './live.ts'
import routes from './routes.ts'

export const tokens: Feature = {
  name: 'tokens',
  routes,
  listeners,
  effects,
  resync: forgetAll,
  constraints: { tokens_user: 'users.not_found' },
  start(server) {
    const { authenticate, authenticateToken } = server.ports
    server.ports.authenticate = async (credentials) => {
      const actor = await authenticate(credentials)
      const given = actor ? null : tokenOf(credentials)
      return given ? await actorOfAccessToken(server, given.token, given.fromCookie) : actor
    }
    server.ports.authenticateToken = async (token) =>
      (await authenticateToken(token)) ?? (await actorOfAccessToken(server, token))
  },
}
