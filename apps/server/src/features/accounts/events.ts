/** What people are told by mail of what happens to their accounts. */
import type { Context } from '../../core/context.ts'
import { within } from '../../core/facts.ts'
import { sendLater } from '../../core/mail.ts'
import { factorChanged } from '../mfa/index.ts'
import { passwordChanged } from '../sessions/index.ts'
import { tokenCreated } from '../tokens/index.ts'
import { emailWanted, findUsers, userCreated, userDeactivated, userUpdated } from '../users/index.ts'
import { notice, verifyAddress, welcome } from './letters.ts'
import { deleteTokens } from './store.ts'
import type { TextName } from './texts.ts'

/** To the address of the account as this transaction sees it. */
const tell = async (context: Context, userId: string, name: TextName, detail = '') => {
  const [user] = await findUsers(context.db, [userId])
  if (user && !user.is_bot)
    await sendLater(context, notice, { user_id: user.id, name, to: user.email, detail })
}

export default [
  within(userCreated, async (context, { user }) => {
    const { SendEmailNotifications, RequireEmailVerification } = context.server.settings().EmailSettings
    if (!user.is_bot && (SendEmailNotifications || RequireEmailVerification))
      await sendLater(context, welcome, { user_id: user.id })
  }),
  within(userUpdated, async (context, { user, before }) => {
    const about = { user_id: user.id, to: before.email }
    if (user.is_bot) return
    if (user.email !== before.email) {
      // A link to the former address must not open the account any more, nor give it that address back.
      await deleteTokens(context.db, user.id, 'reset')
      await deleteTokens(context.db, user.id, 'verify')
      await sendLater(context, notice, { ...about, name: 'emailChanged', detail: user.email })
    }
    if (user.username !== before.username)
      await sendLater(context, notice, { ...about, name: 'usernameChanged', detail: user.username })
  }),
  within(emailWanted, (context, { user, email }) =>
    sendLater(context, verifyAddress, { user_id: user.id, email }),
  ),
  within(passwordChanged, async (context, { user_id }) => {
    await deleteTokens(context.db, user_id, 'reset')
    await deleteTokens(context.db, user_id, 'verify')
    await tell(context, user_id, 'passwordChanged')
  }),
  within(factorChanged, (context, { user_id, is_active }) =>
    tell(context, user_id, is_active ? 'factorOn' : 'factorOff'),
  ),
  within(tokenCreated, (context, { user_id, description }) =>
    tell(context, user_id, 'tokenMade', description),
  ),
  within(userDeactivated, (context, { user_id }) => tell(context, user_id, 'deactivated')),
]
