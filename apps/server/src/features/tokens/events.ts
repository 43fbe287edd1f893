import { fact, within } from '../../core/facts.ts'
import { userDeactivated, userRolesChanged } from '../users/index.ts'
import { forgetTokens } from './live.ts'

/** Somebody's account can be used by a new personal token. */
export const tokenCreated = fact<{ user_id: string; description: string }>('token.created')

export default [
  within(userDeactivated, async ({ committed, server }, { user_id }) =>
    committed(() => forgetTokens(server, (token) => token.user_id === user_id)),
  ),
  within(userRolesChanged, async ({ committed, server }, { user_id }) =>
    committed(() => forgetTokens(server, (token) => token.user_id === user_id)),
  ),
]
