/** The rights of the signed-in person in a channel, and why they do not have others. */
import { keyed, type Source, sameFields, select } from '@plausch/client'
import type { Channel } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import type { Read, Reason } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { reasonFor } from './holders.ts'

export type ChannelRights = {
  mayPost: boolean
  mayChange: boolean
  mayAddPeople: boolean
  mayRemovePeople: boolean
  mayManageRoles: boolean
  mayArchive: boolean
  mayLeave: boolean
}

/** Everybody is a member of this channel (v4's name for it). */
export const DEFAULT_CHANNEL = 'town-square'

export const isConversation = ({ type }: Channel): boolean => type === 'D' || type === 'G'

/** What people may do to a channel; some permissions have one name for public and one for private ones. */
const PERMISSIONS = {
  change: ['manage_public_channel_properties', 'manage_private_channel_properties'],
  members: ['manage_public_channel_members', 'manage_private_channel_members'],
  archive: ['delete_public_channel', 'delete_private_channel'],
  convert: ['convert_public_channel_to_private', 'convert_private_channel_to_public'],
  roles: ['manage_channel_roles', 'manage_channel_roles'],
  restore: ['manage_team', 'manage_team'],
  moderate: ['sysconsole_write_user_management_channels', 'sysconsole_write_user_management_channels'],
} as const

export type Deed = keyof typeof PERMISSIONS

const permissionFor = ({ type }: Channel, deed: Deed): string => PERMISSIONS[deed][type === 'P' ? 1 : 0]

/** Nobody can do these to the channel that everybody is in. */
const FIXED: readonly Deed[] = ['archive', 'convert', 'members']

const mayIn = (read: Read, channel: Channel, deed: Deed): boolean =>
  read(client.roles.permissions(channel.team_id, channel.id)).has(permissionFor(channel, deed))

/** Why the reader cannot do it to a channel; '' if they can. */
export const reasonAgainst = (read: Read, channel: Channel, deed: Deed): Reason | '' => {
  if (channel.delete_at > 0 && deed !== 'restore') return 'why.archived'
  if (channel.name === DEFAULT_CHANNEL && FIXED.includes(deed))
    return { id: 'why.default', values: { name: channel.display_name } }
  if (deed === 'members' && channel.group_constrained) return 'why.groups'
  return mayIn(read, channel, deed) ? '' : reasonFor(read, channel, permissionFor(channel, deed))
}

/** The rights in a channel, as a source. */
export const channelRights: (channelId: string) => Source<ChannelRights> = keyed((channelId) =>
  select((read): ChannelRights => {
    const channel = read(client.channels.described(channelId))
    const permissions = read(client.roles.permissions(channel?.team_id ?? '', channelId))
    const isOpen = channel !== undefined && channel.delete_at === 0
    const isTeamChannel = channel !== undefined && !isConversation(channel)
    const isDefault = channel?.name === DEFAULT_CHANNEL
    const may = (deed: Deed): boolean =>
      isOpen &&
      isTeamChannel &&
      !(isDefault && FIXED.includes(deed)) &&
      !(deed === 'members' && channel.group_constrained) &&
      permissions.has(permissionFor(channel, deed))
    return {
      mayPost: isOpen && permissions.has('create_post'),
      mayChange: may('change'),
      mayAddPeople: may('members'),
      mayRemovePeople: may('members'),
      mayManageRoles: isOpen && isTeamChannel && permissions.has('manage_channel_roles'),
      mayArchive: may('archive'),
      mayLeave: isTeamChannel && !isDefault,
    }
  }, sameFields),
)

export const useChannelRights = (channelId: string): ChannelRights => useSource(channelRights(channelId))

/** The reason against something as a source, for components. */
export const reasonSource = (channelId: string, deed: Deed): Source<Reason | ''> =>
  select(
    (read) => {
      const channel = read(client.channels.described(channelId))
      return channel ? reasonAgainst(read, channel, deed) : ''
    },
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  )
