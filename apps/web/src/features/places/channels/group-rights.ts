/** Whether groups of the directory play a part in a channel. Apart from `rights.ts`, because it comes later. */
import { keyed, type Source, select } from '@plausch/client'
import { client } from '../../../platform/client.ts'
import { DEFAULT_CHANNEL, isConversation } from './rights.ts'

/** Can groups of the directory decide who is in the channel, and may the reader know which? */
export const groupsConcern: (channelId: string) => Source<boolean> = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.described(channelId))
    if (!channel || isConversation(channel) || channel.name === DEFAULT_CHANNEL) return false
    const kind = channel.type === 'P' ? 'private' : 'public'
    return (
      (channel.group_constrained === true || read(client.settings.config).EnableLdap === 'true') &&
      read(client.roles.permissions(channel.team_id, channelId)).has(`read_${kind}_channel_groups`)
    )
  }),
)
