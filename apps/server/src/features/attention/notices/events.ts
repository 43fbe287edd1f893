import type { Context } from '../../../core/context.ts'
import { after } from '../../../core/facts.ts'
import { messageOf, noticeUnmailed } from '../../people/accounts/index.ts'
import { actorFor, findUsers, systemBot, type UserRow, userAddressed } from '../../people/users/index.ts'
import { writeTo } from './service.ts'

/** Writes to a person in the name of the system bot, if they are still there. */
const write = async (context: Context, userId: string, message: (user: UserRow) => string): Promise<void> => {
  const [user] = await findUsers(context.db, [userId])
  if (!user || user.delete_at > 0) return
  const actor = actorFor(context.server, await systemBot(context))
  await writeTo({ ...context, actor }, user, message(user))
}

export default [
  // Runs after the change and outside its transaction: if the message cannot be written, the change, which
  // protects the account, must still succeed.
  after(noticeUnmailed, (context, { user_id, name, detail }) =>
    write(context, user_id, (user) => messageOf(context, user, name, detail)),
  ),
  after(userAddressed, (context, { user_id, message }) => write(context, user_id, () => message)),
]
