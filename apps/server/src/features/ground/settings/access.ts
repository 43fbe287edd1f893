/** Who may read and change the settings. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

/**
 * The reply has all settings except secrets, so it needs a permission for the last page of the console: only
 * administrators and v4's read-only administrator have it.
 */
export const mayReadConfig = ({ actor }: Context) => {
  if (!actor.can('manage_system') && !actor.can('sysconsole_read_experimental_feature_flags')) {
    throw new Fault('api.context.permissions.app_error')
  }
}

export const mayManageConfig = ({ actor }: Context) => {
  if (!actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
}
