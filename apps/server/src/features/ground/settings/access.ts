/** Who may read and change the settings. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

/**
 * Reading shows all settings without the secrets, so it takes who may read the console to its last page:
 * administrators and the read-only administrator of v4, whose roles alone hold this permission.
 */
export const mayReadConfig = ({ actor }: Context) => {
  if (!actor.can('manage_system') && !actor.can('sysconsole_read_experimental_feature_flags')) {
    throw new Fault('api.context.permissions.app_error')
  }
}

export const mayManageConfig = ({ actor }: Context) => {
  if (!actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
}
