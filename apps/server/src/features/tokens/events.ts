import { within } from '../../core/facts.ts'
import { userDeactivated, userRolesChanged } from '../users/index.ts'
import { forgetTokens } from './service.ts'

export default [
  within(userDeactivated, async ({ committed, server }, { user_id }) =>
    committed(() => forgetTokens(server, (token) => token.user_id === user_id)),
  ),
  within(userRolesChanged, async ({ committed, server }, { user_id }) =>
    committed(() => forgetTokens(server, (token) => token.user_id === user_id)),
  ),
]
