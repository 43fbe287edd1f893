/**
 * Notes about changes of a channel. The English text is for old clients; ours translate by type and props.
 */
import type { Context } from '../../../core/context.ts'
import type { UserRow } from '../../people/users/index.ts'
import type { ChannelChange, ChannelRow } from '../../places/channels/index.ts'
import { type Note, noted } from '../posts/writing/index.ts'
import { userOf } from './people.ts'

/** Who groups let into a channel is no matter of its conversation. */
type Noted = Exclude<ChannelChange, { kind: 'constrained' }>

const changed = (channel: ChannelRow, change: Noted, by: UserRow): Note => {
  const { username } = by
  switch (change.kind) {
    case 'header':
      return {
        type: 'system_header_change',
        message: change.after
          ? `${username} updated the channel header to: ${change.after}`
          : `${username} removed the channel header (was: ${change.before})`,
        props: { username, old_header: change.before, new_header: change.after },
      }
    case 'purpose':
      return {
        type: 'system_purpose_change',
        message: change.after
          ? `${username} updated the channel purpose to: ${change.after}`
          : `${username} removed the channel purpose (was: ${change.before})`,
        props: { username, old_purpose: change.before, new_purpose: change.after },
      }
    case 'display_name':
      return {
        type: 'system_displayname_change',
        message: `${username} renamed the channel from "${change.before}" to "${change.after}".`,
        props: { username, old_displayname: change.before, new_displayname: change.after },
      }
    case 'privacy':
      return {
        type: 'system_change_chan_privacy',
        message: `${username} made the channel ${change.after === 'P' ? 'private' : 'public'}.`,
        props: { username },
      }
    case 'archived':
      return {
        type: 'system_channel_deleted',
        message: `${username} archived the channel.`,
        props: { username },
      }
    case 'moved':
      return {
        type: 'system_move_channel',
        message: `${username} moved the channel to this team.`,
        props: { username },
      }
    case 'converted':
      return {
        type: 'system_gm_to_channel',
        message: `${username} made this group conversation a private channel.`,
        props: { username, convertedByUserId: by.id },
      }
    case 'restored':
      return {
        type: 'system_channel_restored',
        message: `${username} restored ${channel.display_name}.`,
        props: { username },
      }
  }
}

type Changed = { channel: ChannelRow; by: string; change: ChannelChange }

export const noteChannelChange = async (
  context: Context,
  { channel, by, change }: Changed,
): Promise<void> => {
  if (change.kind === 'constrained') return
  const author = await userOf(context, by)
  if (author) await noted(context, channel, author, changed(channel, change, author))
}
