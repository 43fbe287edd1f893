/**
 * What members and guests of one channel may not do, although their roles would allow it. v4 creates separate
 * roles for such a channel. Here `channel_user` and `channel_guest` grant less in it (and clients see lesser
 * roles), so a person who has a permission by another role (administrators) keeps it.
 */
import type { Permission } from '@plausch/wire'
import { type ModeratedGroup, moderatedGroups } from '../../ground/roles/index.ts'
import type { ChannelRow } from './store.ts'

export const groupNames = Object.keys(moderatedGroups) as ModeratedGroup[]

const groupOf = new Map<Permission, ModeratedGroup>(
  groupNames.flatMap((name) =>
    moderatedGroups[name].permissions.map((permission: Permission): [Permission, ModeratedGroup] => [
      permission,
      name,
    ]),
  ),
)

/** From the roles in a channel, separated by spaces, those that count for this permission. */
export const countingRoles = (
  { denied_members, denied_guests }: Pick<ChannelRow, 'denied_members' | 'denied_guests'>,
  roles: string,
  permission: Permission,
): string => {
  const group = groupOf.get(permission)
  if (!group || (denied_members.length === 0 && denied_guests.length === 0)) return roles
  const denied = new Set([
    ...(denied_members.includes(group) ? ['channel_user'] : []),
    ...(denied_guests.includes(group) ? ['channel_guest'] : []),
  ])
  return roles
    .split(' ')
    .filter((name) => !denied.has(name))
    .join(' ')
}
