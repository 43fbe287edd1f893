/** Who may know and link groups of sign-in services: who may do so with those of the directory. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type ClaimedRow, findClaimed } from './groups-store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export const mayListClaimed = ({ actor }: Context): void => {
  if (!actor.can('sysconsole_read_user_management_groups')) throw forbidden()
}

export const mayLinkClaimed = async (
  { actor, db }: Context,
  { params }: { params: { claimed_group_id: string } },
): Promise<ClaimedRow> => {
  if (!actor.can('sysconsole_write_user_management_groups')) throw forbidden()
  const found = await findClaimed(db, params.claimed_group_id)
  if (!found) throw new Fault('sso.group_not_found')
  return found
}
