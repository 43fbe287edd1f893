import type { Role } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { lockRole } from './store.ts'

/**
 * Only administrators get the whole list. Everybody may read single roles, because clients decide by them
 * what to show.
 */
export const mayListRoles = ({ actor }: Context): void => {
  if (!actor.can('sysconsole_read_user_management_permissions'))
    throw new Fault('api.context.permissions.app_error')
}

/**
 * Only administrators of the server change what roles allow. Nobody changes the role of these administrators,
 * because nobody could undo it.
 */
export const mayPatchRole = async (
  context: Context,
  { params }: { params: { role_id: string } },
): Promise<Role> => {
  if (!context.actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
  const role = await lockRole(context.db, params.role_id)
  if (!role) throw new Fault('api.context.404.app_error')
  if (role.name === 'system_admin') throw new Fault('roles.fixed')
  return role
}
