/** Telling people what happened to their accounts: by mail, and where no mail can leave, in the product. */
import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'
import { canMail, sendLater } from '../../../core/mail.ts'
import { findUsers, type UserRow } from '../users/index.ts'
import { notice } from './letters.ts'
import type { TextName } from './texts.ts'

/** Something about an account is another than before, which no mail can tell its person. */
export const noticeUnmailed = fact<{ user_id: string; name: TextName; detail: string }>(
  'account.notice_unmailed',
)

/** Tells the person by mail, at `to`, the address that knew what was before; else by a message in the product. */
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

/** To the address of the account as this transaction sees it. */
export const tell = async (context: Context, userId: string, name: TextName, detail = ''): Promise<void> => {
  const [user] = await findUsers(context.db, [userId])
  if (user) await tellAt(context, user, user.email, name, detail)
}
