import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { canMail } from '../../../core/mail.ts'
import { lockAccount, type UserRow } from '../users/index.ts'

/** Open to everybody. If the server sends no mail, everybody is refused alike. */
export const mayAskForMail = ({ server }: Context): void => {
  if (!canMail(server.settings())) throw new Fault('mail.off')
}

export const mayAskForReset = (context: Context): void => {
  if (!context.server.settings().PasswordSettings.EnableForgotLink) throw new Fault('accounts.reset_off')
  mayAskForMail(context)
}

/** For saying how somebody signs in. */
export const maySetWay = async (
  context: Context,
  { params }: { params: { user_id: string } },
): Promise<UserRow> => {
  if (!context.actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
  return await lockAccount(context, params.user_id)
}

/** For verifying the address of somebody else. */
export const mayVerifyOther = async (
  context: Context,
  { params }: { params: { user_id: string } },
): Promise<UserRow> => {
  if (!context.actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
  return await lockAccount(context, params.user_id)
}
