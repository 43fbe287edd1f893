import { after } from '../../../core/facts.ts'
import { messageOf, noticeUnmailed } from '../../people/accounts/index.ts'
import { actorFor, findUsers, systemBot } from '../../people/users/index.ts'
import { writeTo } from './service.ts'

export default [
  // Not within the change that it tells of: a message that cannot be written must not keep an account from being guarded.
  after(noticeUnmailed, async (context, { user_id, name, detail }) => {
    const [user] = await findUsers(context.db, [user_id])
    if (!user || user.delete_at > 0) return
    const actor = actorFor(context.server, await systemBot(context))
    await writeTo({ ...context, actor }, user, messageOf(context, user, name, detail))
  }),
]
