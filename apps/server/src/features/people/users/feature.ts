import type { Feature } from '../../../core/feature.ts'
import { listeners } from './listeners.ts'
import { dropUser, forgetAll } from './memory.ts'
import routes from './routes.ts'
import { countActive, hasNoUsers } from './store.ts'

export const users: Feature = {
  name: 'users',
  routes,
  listeners,
  effects: [dropUser],
  resync: forgetAll,
  constraints: {
    users_username_key: 'app.user.save.username_exists.app_error',
    users_email_key: 'app.user.save.email_exists.app_error',
    users_identity_key: 'users.identity_taken',
  },
  start(server) {
    server.ports.hasNoAccounts = () => hasNoUsers(server.db)
    server.ports.countActiveUsers = () => countActive(server.db)
  },
}
