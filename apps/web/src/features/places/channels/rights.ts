/** The rights of the signed-in person in a channel; controls that the server would refuse are not shown. */
import { keyed, type Source, sameFields, select } from '@plausch/client'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'

export type ChannelRights = {
  mayPost: boolean
  mayChange: boolean
  mayAddPeople: boolean
  mayRemovePeople: boolean
  mayArchive: boolean
  mayLeave: boolean
}

/** Everybody is a member of this channel (v4's name for it). */
const DEFAULT_CHANNEL = 'town-square'

/** The rights in a channel, as a source. */
export const channelRights: (channelId: string) => Source<ChannelRights> = keyed((channelId) =>
  select((read): ChannelRights => {
    const channel = read(client.channels.records.at(channelId))
    const permissions = read(client.roles.permissions(channel?.team_id ?? '', channelId))
    const isOpen = channel !== undefined && channel.delete_at === 0
    const kind = channel?.type === 'P' ? 'private' : 'public'
    const isTeamChannel = channel?.type === 'O' || channel?.type === 'P'
    const isDefault = channel?.name === DEFAULT_CHANNEL
    const may = (permission: string): boolean => isOpen && isTeamChannel && permissions.has(permission)
    return {
      mayPost: isOpen && permissions.has('create_post'),
      mayChange: may(`manage_${kind}_channel_properties`),
      mayAddPeople: may(`manage_${kind}_channel_members`) && !isDefault,
      mayRemovePeople: may(`manage_${kind}_channel_members`) && !isDefault,
      mayArchive: may(`delete_${kind}_channel`) && !isDefault,
      mayLeave: isTeamChannel && !isDefault,
    }
  }, sameFields),
)

export const useChannelRights = (channelId: string): ChannelRights => useSource(channelRights(channelId))
