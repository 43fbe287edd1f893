import { fact, within } from '../../../core/facts.ts'
import { endSocketsOf } from '../../../core/own-effects.ts'
import { factorChanged } from '../mfa/index.ts'
import { accessEnded, guestChanged, userRolesChanged, userUpdated } from '../users/index.ts'
import { endAtCommit, forgetSession, forgetSessionsOf } from './live.ts'
import { deleteSessions, setFactorTime } from './store.ts'

/** Somebody has another password than before. */
export const passwordChanged = fact<{ user_id: string }>('password.changed')

export default [
  within(accessEnded, async (context, { user_id }) => {
    endAtCommit(context, await deleteSessions(context.db, user_id, {}))
    forgetSessionsOf(context, user_id)
    context.effect(endSocketsOf, { user_id })
  }),
  // What the clients of a former member hold is not for guests to see.
  within(guestChanged, async (context, { user_id, is_guest }) => {
    if (!is_guest) return
    endAtCommit(context, await deleteSessions(context.db, user_id, {}))
    context.effect(endSocketsOf, { user_id })
  }),
  // Who sets a second factor up shows a code of it.
  within(factorChanged, async (context, { user_id, is_active }) => {
    const { actor, db, now } = context
    const { session } = actor
    if (!is_active || !session || actor.userId !== user_id) return
    await setFactorTime(db, session.id, now)
    forgetSession(context, session.id)
  }),
  // Language and rights are kept with the session in memory.
  within(userUpdated, async (context, { user }) => forgetSessionsOf(context, user.id)),
  within(userRolesChanged, async (context, { user_id }) => forgetSessionsOf(context, user_id)),
]
