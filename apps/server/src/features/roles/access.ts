import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'

/** The whole list is a matter of administrators; single roles are known to everybody, because clients decide by them what to show. */
export const mayListRoles = ({ actor }: Context): void => {
  if (!actor.can('sysconsole_read_user_management_permissions'))
    throw new Fault('api.context.permissions.app_error')
}
