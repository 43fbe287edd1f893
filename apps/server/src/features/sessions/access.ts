/** Sessions are their person's affair; administrators who may edit people can end them too. */
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { findUsers, type UserRow } from '../users/index.ts'

type AboutUser = { params: { user_id: string } }

export const mayManageSessions = async ({ db, actor }: Context, { params }: AboutUser): Promise<UserRow> => {
  const isOther = params.user_id !== actor.userId
  if (isOther && !actor.can('edit_other_users')) throw new Fault('api.context.permissions.app_error')
  const [user] = await findUsers(db, [params.user_id])
  if (!user) throw new Fault('users.not_found')
  if (isOther && user.roles.includes('system_admin') && !actor.can('manage_system')) {
    throw new Fault('api.context.permissions.app_error')
  }
  return user
}

/** For those who manage accounts; of an administrator only by one who manages the system. */
export const mayResetAttempts = async ({ db, actor }: Context, { params }: AboutUser): Promise<UserRow> => {
  if (!actor.can('sysconsole_write_user_management_users'))
    throw new Fault('api.context.permissions.app_error')
  const [user] = await findUsers(db, [params.user_id])
  if (!user) throw new Fault('users.not_found')
  if (user.roles.includes('system_admin') && !actor.can('manage_system'))
    throw new Fault('api.context.permissions.app_error')
  return user
}
