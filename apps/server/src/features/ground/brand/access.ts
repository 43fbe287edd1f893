import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

export const mayEditBrand = ({ actor }: Context): void => {
  if (!actor.can('edit_brand')) throw new Fault('api.context.permissions.app_error')
}
