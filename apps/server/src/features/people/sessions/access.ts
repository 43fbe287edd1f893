/** People manage their own sessions; administrators who may edit people can also end them. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers, mayEditUser, refuseAbove, type UserRow } from '../users/index.ts'

type AboutUser = { params: { user_id: string } }

export const mayManageSessions = mayEditUser

/** For people who manage accounts and do not have fewer rights than this account. */
export const mayResetAttempts = async (context: Context, { params }: AboutUser): Promise<UserRow> => {
  if (!context.actor.can('sysconsole_write_user_management_users'))
    throw new Fault('api.context.permissions.app_error')
  const [user] = await findUsers(context.db, [params.user_id])
  if (!user) throw new Fault('users.not_found')
  refuseAbove(context, user)
  return user
}
