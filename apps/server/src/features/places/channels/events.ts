import type { EventData } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { fact, within } from '../../../core/facts.ts'
import { guestChanged } from '../../people/users/index.ts'
import {
  teamArchived,
  teamCreated,
  teamMemberRemoved,
  teamMembersAdded,
  teamRestored,
  teamRolesChanged,
} from '../teams/index.ts'
import { createDefaultChannels } from './defaults.ts'
import { forgetPeople, forgetTeam } from './places.ts'
import { shownChannel } from './records.ts'
import { type ChannelRow, guestsIn } from './store.ts'

/** A channel was created. `user_ids` become its members, and `admin_ids` among them its administrators. */
export const channelCreated = fact<{
  channel: ChannelRow
  user_ids: string[]
  admin_ids: string[]
  by: string
}>('channel.created')

/** The kinds of changes of a channel, for listeners that write notes about them. */
export type ChannelChange =
  | { kind: 'display_name' | 'header' | 'purpose'; before: string; after: string }
  | { kind: 'privacy'; after: 'O' | 'P' }
  | { kind: 'archived' | 'restored' }
  /** Groups decide from now on who is in it. */
  | { kind: 'constrained' }
  /**
   * It belongs to another team now. With `force`, members who are not in that team are removed; without it,
   * they make the move fail.
   */
  | { kind: 'moved'; force: boolean }
  /** A group conversation became a private channel. */
  | { kind: 'converted' }

export const channelChanged = fact<{ channel: ChannelRow; by: string; change: ChannelChange }>(
  'channel.changed',
)

/** Sent to the members of the channel: its record as it is now. */
export const announceChannel = (context: Context, channel: ChannelRow): void =>
  context.publish(
    'channel_updated',
    { channel: JSON.stringify(shownChannel(channel)) },
    { channel: channel.id },
  )

/** Sent to the members of the channel: what they may do in it has changed. */
export const announceScheme = (context: Context, { id }: ChannelRow): void =>
  context.publish('channel_scheme_updated', {}, { channel: id })

/** Sent to the creator's other clients. Other people learn of it when they become members. */
export const announceCreated = (context: Context, { id, team_id }: ChannelRow): void =>
  context.publish('channel_created', { channel_id: id, team_id }, { users: [context.actor.userId] })

export const announceConverted = (context: Context, channel: ChannelRow): void => {
  context.publish('channel_converted', { channel_id: channel.id }, { channel: channel.id })
  announceChannel(context, channel)
}

/**
 * Archiving or restoring a public channel concerns its whole team, but only those guests who are its members.
 * For a private channel it concerns only its members.
 */
const tellConcerned = async <E extends 'channel_deleted' | 'channel_restored'>(
  context: Context,
  event: E,
  data: EventData<E>,
  channel: ChannelRow,
): Promise<void> => {
  if (channel.type !== 'O') return context.publish(event, data, { channel: channel.id })
  context.publish(event, data, { team: channel.team_id, omitGuests: true })
  const guests = await guestsIn(context.db, channel.id)
  if (guests.length > 0) context.publish(event, data, { users: guests })
}

export const announceArchived = (context: Context, channel: ChannelRow): Promise<void> =>
  tellConcerned(context, 'channel_deleted', { channel_id: channel.id, delete_at: channel.delete_at }, channel)

export const announceRestored = (context: Context, channel: ChannelRow): Promise<void> =>
  tellConcerned(context, 'channel_restored', { channel_id: channel.id }, channel)

export const announceDirect = (context: Context, { id }: ChannelRow, teammateId: string): void =>
  context.publish(
    'direct_added',
    { creator_id: context.actor.userId, teammate_id: teammateId },
    { channel: id },
  )

export const announceGroup = (context: Context, { id }: ChannelRow, userIds: readonly string[]): void =>
  context.publish('group_added', { teammate_ids: JSON.stringify(userIds) }, { channel: id })

export default [
  within(teamCreated, (context, { team, by }) => createDefaultChannels(context, team, by)),
  // A person's membership in the team decides what they see of its channels.
  within(teamArchived, async (context, { team }) => forgetTeam(context, team.id)),
  within(teamRestored, async (context, { team }) => forgetTeam(context, team.id)),
  within(teamMembersAdded, async (context, { user_ids }) => forgetPeople(context, user_ids)),
  within(teamMemberRemoved, async (context, { user_id }) => forgetPeople(context, [user_id])),
  within(teamRolesChanged, async (context, { user_id }) => forgetPeople(context, [user_id])),
  within(guestChanged, async (context, { user_id }) => forgetPeople(context, [user_id])),
]
