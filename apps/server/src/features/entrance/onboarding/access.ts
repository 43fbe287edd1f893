import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

/** Only an administrator may set up a server. */
export const mayBegin = ({ actor }: Context): void => {
  if (!actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
}
