/**
 * Tells people about changes of their accounts: by mail, or by a message in the product if the server sends
 * no mail.
 */
import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'
import { canMail, sendLater } from '../../../core/mail.ts'
import { findUsers, type UserRow } from '../users/index.ts'
import { notice } from './letters.ts'
import type { TextName } from './texts.ts'

/** An account changed, and the server cannot tell its owner by mail. */
export const noticeUnmailed = fact<{ user_id: string; name: TextName; detail: string }>(
  'account.notice_unmailed',
)

/** Tells the person by mail to `to`, the address before the change; otherwise by a message in the product. */
export const tellAt = async (
  context: Context,
  user: UserRow,
  to: string,
  name: TextName,
  detail = '',
): Promise<void> => {
  if (user.is_bot) return
  if (canMail(context.server.settings()))
    await sendLater(context, notice, { user_id: user.id, name, to, detail })
  else await context.emit(noticeUnmailed, { user_id: user.id, name, detail })
}

/** Tells the person at the address that the account has in this transaction. */
export const tell = async (context: Context, userId: string, name: TextName, detail = ''): Promise<void> => {
  const [user] = await findUsers(context.db, [userId])
  if (user) await tellAt(context, user, user.email, name, detail)
}
