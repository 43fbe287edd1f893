/** Who may see and change namespaces: only administrators, because a rule makes places and people members. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type CountedNamespace, findNamespace } from './store.ts'

export const mayManage = ({ actor }: Context): void => {
  if (!actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
}

type About = { params: { namespace_id: string } }

export const maySeeNamespace = async (context: Context, { params }: About): Promise<CountedNamespace> => {
  mayManage(context)
  const row = await findNamespace(context.db, params.namespace_id)
  if (!row) throw new Fault('namespaces.not_found')
  return row
}
