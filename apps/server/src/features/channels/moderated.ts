/**
 * What members and guests of one channel may not do, though their roles would let them. v4 makes roles of its own for such a channel; here
 * `channel_user` and `channel_guest` count less in it, so whoever has a permission by another role (administrators) keeps it.
 */
import type { Permission } from '@plausch/wire'
import type { ChannelRow } from './store.ts'

const bookmarks = (['add', 'edit', 'delete', 'order'] as const).flatMap((verb): Permission[] => [
  `${verb}_bookmark_public_channel`,
  `${verb}_bookmark_private_channel`,
])

/** v4's groups of permissions; guests have none of some. */
export const groups = {
  create_post: { permissions: ['create_post'], forGuests: true },
  create_reactions: { permissions: ['add_reaction', 'remove_reaction'], forGuests: true },
  manage_members: {
    permissions: ['manage_public_channel_members', 'manage_private_channel_members'],
    forGuests: false,
  },
  use_channel_mentions: { permissions: ['use_channel_mentions'], forGuests: true },
  manage_bookmarks: { permissions: bookmarks, forGuests: false },
} as const satisfies Record<string, { permissions: readonly Permission[]; forGuests: boolean }>

export type Group = keyof typeof groups

export const groupNames = Object.keys(groups) as Group[]

const groupOf = new Map<Permission, Group>(
  groupNames.flatMap((name) =>
    groups[name].permissions.map((permission: Permission): [Permission, Group] => [permission, name]),
  ),
)

/** Of roles in a channel, separated by spaces, those that count for this permission. */
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
