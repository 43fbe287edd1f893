import type { Context } from '../../core/context.ts'
import { fact, within } from '../../core/facts.ts'
import { teamCreated } from '../teams/index.ts'
import { createDefaultChannels } from './defaults.ts'
import { shownChannel } from './records.ts'
import type { ChannelRow } from './store.ts'

/** A channel exists; `user_ids` are to be in it from the start, `admin_ids` of them as its administrators. */
export const channelCreated = fact<{ channel: ChannelRow; user_ids: string[]; admin_ids: string[]; by: string }>(
  'channel.created',
)

/** What changed in a channel, for those who note it there. */
export type ChannelChange =
  | { kind: 'display_name' | 'header' | 'purpose'; before: string; after: string }
  | { kind: 'privacy'; after: 'O' | 'P' }
  | { kind: 'archived' | 'restored' }

export const channelChanged = fact<{ channel: ChannelRow; by: string; change: ChannelChange }>('channel.changed')

/** To the people in the channel: its record as it is now. */
export const announceChannel = (context: Context, channel: ChannelRow): void =>
  context.publish('channel_updated', { channel: JSON.stringify(shownChannel(channel)) }, { channel: channel.id })

/** A public channel concerns its whole team, a private one only those who are in it. */
export const concerned = (channel: ChannelRow) =>
  channel.type === 'O' ? { team: channel.team_id } : { channel: channel.id }

export default [within(teamCreated, (context, { team, by }) => createDefaultChannels(context, team, by))]
