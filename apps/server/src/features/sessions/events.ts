import { fact, within } from '../../core/facts.ts'
import { factorChanged } from '../mfa/index.ts'
import { accessEnded, guestChanged, userRolesChanged, userUpdated } from '../users/index.ts'
import { endAtCommit, forgetSessions } from './live.ts'
import { deleteSessions, setFactorTime } from './store.ts'

/** Somebody has another password than before. */
export const passwordChanged = fact<{ user_id: string }>('password.changed')

export default [
  within(accessEnded, async (context, { user_id }) => {
    endAtCommit(context, await deleteSessions(context.db, user_id, {}))
    context.committed(() => {
      forgetSessions(context.server, (session) => session.user_id === user_id)
      context.server.hub.endUser(user_id)
    })
  }),
  // What the clients of a former member hold is not for guests to see.
  within(guestChanged, async (context, { user_id, is_guest }) => {
    if (!is_guest) return
    endAtCommit(context, await deleteSessions(context.db, user_id, {}))
    context.committed(() => context.server.hub.endUser(user_id))
  }),
  // Who sets a second factor up shows a code of it.
  within(factorChanged, async ({ actor, committed, db, now, server }, { user_id, is_active }) => {
    const { session } = actor
    if (!is_active || !session || actor.userId !== user_id) return
    await setFactorTime(db, session.id, now)
    committed(() => forgetSessions(server, ({ id }) => id === session.id))
  }),
  // Language and rights are kept with the session in memory.
  within(userUpdated, async (context, { user }) =>
    context.committed(() => forgetSessions(context.server, (session) => session.user_id === user.id)),
  ),
  within(userRolesChanged, async (context, { user_id }) =>
    context.committed(() => forgetSessions(context.server, (session) => session.user_id === user_id)),
  ),
]
