/** Sends mails to people about changes of their accounts. */
import { within } from '../../../core/facts.ts'
import { sendLater } from '../../../core/mail.ts'
import { factorChanged } from '../mfa/index.ts'
import { passwordChanged } from '../passwords/index.ts'
import { tokenCreated } from '../tokens/index.ts'
import { emailWanted, linksEnded, userCreated, userDeactivated, userUpdated } from '../users/index.ts'
import { verifyAddress, welcome } from './letters.ts'
import { deleteTokens } from './store.ts'
import { tell, tellAt } from './telling.ts'

export default [
  within(userCreated, async (context, { user }) => {
    const { SendEmailNotifications, RequireEmailVerification } = context.server.settings().EmailSettings
    // Who comes from a directory has not asked for an account, and hundreds may come at once.
    const isWelcomed = !user.is_bot && user.auth_service === ''
    if (isWelcomed && (SendEmailNotifications || RequireEmailVerification))
      await sendLater(context, welcome, { user_id: user.id })
  }),
  within(userUpdated, async (context, { user, before }) => {
    if (user.email !== before.email) await tellAt(context, user, before.email, 'emailChanged', user.email)
    if (user.username !== before.username)
      await tellAt(context, user, before.email, 'usernameChanged', user.username)
  }),
  within(emailWanted, async (context, { user, email }) => {
    const generation = user.link_generation
    await sendLater(context, verifyAddress, { user_id: user.id, email, generation })
    // The mail must not wait for the verification: then it would be too late to stop the change.
    await tellAt(context, user, user.email, 'emailWanted', email)
  }),
  within(linksEnded, async (context, { user_id }) => {
    await deleteTokens(context.db, user_id)
  }),
  within(passwordChanged, async (context, { user_id }) => {
    await tell(context, user_id, 'passwordChanged')
  }),
  within(factorChanged, (context, { user_id, is_active }) =>
    tell(context, user_id, is_active ? 'factorOn' : 'factorOff'),
  ),
  within(tokenCreated, (context, { user_id, description, by }) =>
    tell(context, user_id, by === user_id ? 'tokenMade' : 'tokenMadeByOther', description),
  ),
  within(userDeactivated, (context, { user_id }) => tell(context, user_id, 'deactivated')),
]
