import type { Group, GroupMember } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { fact, within } from '../../../core/facts.ts'
import { Fault } from '../../../core/faults.ts'
import { userCreated, userUpdated } from '../../people/users/index.ts'
import { isGroupName } from './store.ts'

/** A group of the directory was linked here, or is not any more. */
export const groupLinked = fact<{ group_id: string; isLinked: boolean }>('group.linked')

/**
 * Sent to everybody, because groups exist to be mentioned. Groups that cannot be mentioned are known only to
 * administrators; if one could be mentioned before, the others learn no more than that.
 */
export const announceGroup = (context: Context, group: Group, before?: Group): void => {
  const tell = (shown: Group, audience: { everyone: true; admins?: boolean }) =>
    context.publish('received_group', { group: JSON.stringify(shown) }, audience)
  if (group.allow_reference) tell(group, { everyone: true })
  else tell(group, { everyone: true, admins: true })
  if (before?.allow_reference && !group.allow_reference)
    tell({ ...before, allow_reference: false }, { everyone: true, admins: false })
}

export const announceAdded = (context: Context, member: GroupMember): void =>
  context.publish('group_member_add', { group_member: JSON.stringify(member) }, { users: [member.user_id] })

export const announceRemoved = (context: Context, member: GroupMember): void =>
  context.publish(
    'group_member_deleted',
    { group_member: JSON.stringify(member) },
    { users: [member.user_id] },
  )

/** Names are unique, so an account cannot take the name of a group. */
const refuseGroupName = async ({ db }: Context, { user }: { user: { username: string } }) => {
  if (await isGroupName(db, user.username)) throw new Fault('app.user.save.username_exists.app_error')
}

export default [within(userCreated, refuseGroupName), within(userUpdated, refuseGroupName)]
