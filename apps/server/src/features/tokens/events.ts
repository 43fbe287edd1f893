import { fact, within } from '../../core/facts.ts'
import { accessEnded, userRolesChanged } from '../users/index.ts'
import { forgetTokens } from './live.ts'
import { deleteTokensOf } from './store.ts'

/** Somebody's account can be used by a new personal token; `by` is who made it, '' for the command line. */
export const tokenCreated = fact<{ user_id: string; description: string; by: string }>('token.created')

export default [
  within(accessEnded, async ({ committed, db, server }, { user_id }) => {
    await deleteTokensOf(db, user_id)
    committed(() => forgetTokens(server, (token) => token.user_id === user_id))
  }),
  within(userRolesChanged, async ({ committed, server }, { user_id }) =>
    committed(() => forgetTokens(server, (token) => token.user_id === user_id)),
  ),
]
