import type { Group, GroupMember } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { within } from '../../../core/facts.ts'
import { Fault } from '../../../core/faults.ts'
import { userCreated, userUpdated } from '../../people/users/index.ts'
import { isGroupName } from './store.ts'

/** Sent to everybody, because groups exist to be mentioned. */
export const announceGroup = (context: Context, group: Group): void =>
  context.publish('received_group', { group: JSON.stringify(group) }, { everyone: true })

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
