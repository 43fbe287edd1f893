import { within } from '../../../core/facts.ts'
import { endSocketsOf } from '../../../core/own-effects.ts'
import { factorChanged } from '../mfa/index.ts'
import { accessEnded, guestChanged, userRolesChanged, userUpdated } from '../users/index.ts'
import { endAtCommit, forgetSession, forgetSessionsOf } from './live.ts'
import { deleteSessions, setFactorTime } from './store.ts'

export default [
  within(accessEnded, async (context, { user_id }) => {
    endAtCommit(context, await deleteSessions(context.db, user_id, {}))
    forgetSessionsOf(context, user_id)
    context.effect(endSocketsOf, { user_id })
  }),
  // A guest may not see what the clients of a former member have stored, so their sessions end.
  within(guestChanged, async (context, { user_id, is_guest }) => {
    if (!is_guest) return
    endAtCommit(context, await deleteSessions(context.db, user_id, {}))
    context.effect(endSocketsOf, { user_id })
  }),
  // Setting up a second factor includes a code of it, so the session has proven it.
  within(factorChanged, async (context, { user_id, is_active }) => {
    const { actor, db, now } = context
    const { session } = actor
    if (!is_active || !session || actor.userId !== user_id) return
    await setFactorTime(db, session.id, now)
    forgetSession(context, session.id)
  }),
  // The cached session contains language and rights of its person.
  within(userUpdated, async (context, { user }) => forgetSessionsOf(context, user.id)),
  within(userRolesChanged, async (context, { user_id }) => forgetSessionsOf(context, user_id)),
]
