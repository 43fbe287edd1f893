import { after } from '../../../core/facts.ts'
import { messageOf, noticeUnmailed } from '../../people/accounts/index.ts'
import { actorFor, findUsers, systemBot } from '../../people/users/index.ts'
import { writeTo } from './service.ts'

export default [
  // Runs after the change and outside its transaction: if the message cannot be written, the change, which
  // protects the account, must still succeed.
  after(noticeUnmailed, async (context, { user_id, name, detail }) => {
    const [user] = await findUsers(context.db, [user_id])
    if (!user || user.delete_at > 0) return
    const actor = actorFor(context.server, await systemBot(context))
    await writeTo({ ...context, actor }, user, messageOf(context, user, name, detail))
  }),
]
