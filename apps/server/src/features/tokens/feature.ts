import type { Feature } from '../../core/feature.ts'
import { tokenOf } from '../sessions/index.ts'
import listeners from './events.ts'
import { actorOfAccessToken } from './live.ts'
import routes from './routes.ts'

export const tokens: Feature = {
  name: 'tokens',
  routes,
  listeners,
  constraints: { tokens_user: 'users.not_found' },
  start(server) {
    const { authenticate, authenticateToken } = server.ports
    // A cookie never holds a personal token: so nothing that a page elsewhere makes a browser do can use one.
    server.ports.authenticate = async (credentials) => {
      const actor = await authenticate(credentials)
      const given = actor ? null : tokenOf(credentials)
      return given && !given.fromCookie ? await actorOfAccessToken(server, given.token) : actor
    }
    server.ports.authenticateToken = async (token) =>
      (await authenticateToken(token)) ?? (await actorOfAccessToken(server, token))
  },
}
