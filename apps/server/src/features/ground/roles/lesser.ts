/**
 * Lesser roles: what a member or a guest may do in a moderated channel. v4 creates roles for each such
 * channel. Here a lesser role is computed from its name: the scheme role without some groups of permissions.
 * It is stored nowhere. Clients ask for it by name and so learn what not to offer.
 */
import { createHash } from 'node:crypto'
import type { Permission, Role } from '@plausch/wire'

const bookmarks = (['add', 'edit', 'delete', 'order'] as const).flatMap((verb): Permission[] => [
  `${verb}_bookmark_public_channel`,
  `${verb}_bookmark_private_channel`,
])

/**
 * v4's groups of permissions; some do not apply to guests. Their order determines the names of roles, so new
 * ones are added at the end.
 */
export const moderatedGroups = {
  create_post: { permissions: ['create_post'], forGuests: true },
  create_reactions: { permissions: ['add_reaction', 'remove_reaction'], forGuests: true },
  manage_members: {
    permissions: ['manage_public_channel_members', 'manage_private_channel_members'],
    forGuests: false,
  },
  use_channel_mentions: { permissions: ['use_channel_mentions'], forGuests: true },
  manage_bookmarks: { permissions: bookmarks, forGuests: false },
} as const satisfies Record<string, { permissions: readonly Permission[]; forGuests: boolean }>

export type ModeratedGroup = keyof typeof moderatedGroups

const groupNames = Object.keys(moderatedGroups) as ModeratedGroup[]

type Scheme = 'channel_user' | 'channel_guest'

/** The name of a scheme role without these groups; the role itself if the list is empty. */
export const lesserName = (role: Scheme, denied: readonly string[]): string => {
  const sum = groupNames.reduce((sum, name, bit) => sum + (denied.includes(name) ? 2 ** bit : 0), 0)
  return sum === 0 ? role : `${role}_less_${sum}`
}

/**
 * The scheme role behind a name, and the groups that it lacks; undefined if the name is not that of a lesser
 * role.
 */
const readName = (name: string) => {
  const [, role = '', digits = ''] = /^(channel_user|channel_guest)_less_([1-9]\d?)$/.exec(name) ?? []
  const sum = Number(digits)
  if (role === '' || sum >= 2 ** groupNames.length) return undefined
  return { role, without: groupNames.filter((_, bit) => Math.floor(sum / 2 ** bit) % 2 === 1) }
}

/** The scheme role behind a name, for clients that send back what they received. */
export const greaterName = (name: string): string => readName(name)?.role ?? name

export const lesserRole = (name: string, find: (name: string) => Role | undefined): Role | undefined => {
  const read = readName(name)
  const role = read && find(read.role)
  if (!role) return undefined
  const denied = new Set<string>(read.without.flatMap((group) => moderatedGroups[group].permissions))
  return {
    ...role,
    id: createHash('sha256').update(`${role.id}:${name}`).digest('hex').slice(0, 26),
    name,
    display_name: name.replaceAll('_', ' '),
    permissions: role.permissions.filter((id) => !denied.has(id)),
    built_in: false,
  }
}
