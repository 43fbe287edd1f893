import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { canMail } from '../../../core/mail.ts'
import { lockAccount, type UserRow } from '../users/index.ts'

/** Open to everybody; refused alike to all where no mail can leave. */
export const mayAskForMail = ({ server }: Context): void => {
  if (!canMail(server.settings())) throw new Fault('mail.off')
}

export const mayAskForReset = (context: Context): void => {
  if (!context.server.settings().PasswordSettings.EnableForgotLink) throw new Fault('accounts.reset_off')
  mayAskForMail(context)
}

/** Saying for another that the address is theirs. */
export const mayVerifyOther = async (
  context: Context,
  { params }: { params: { user_id: string } },
): Promise<UserRow> => {
  if (!context.actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
  return await lockAccount(context, params.user_id)
}
