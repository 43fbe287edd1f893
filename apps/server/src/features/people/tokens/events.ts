import { fact, within } from '../../../core/facts.ts'
import { accessEnded, userRolesChanged } from '../users/index.ts'
import { forgetTokensOf } from './live.ts'
import { deleteTokensOf } from './store.ts'

/** A new personal token gives access to an account. `by` is its creator, '' for the command line. */
export const tokenCreated = fact<{ user_id: string; description: string; by: string }>('token.created')

export default [
  within(accessEnded, async (context, { user_id }) => {
    await deleteTokensOf(context.db, user_id)
    forgetTokensOf(context, user_id)
  }),
  within(userRolesChanged, async (context, { user_id }) => forgetTokensOf(context, user_id)),
]
