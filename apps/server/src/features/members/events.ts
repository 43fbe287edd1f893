import type { Context } from '../../core/context.ts'
import { fact, within } from '../../core/facts.ts'
import { Fault } from '../../core/faults.ts'
import { joinAudience, leaveAudience } from '../../core/own-effects.ts'
import {
  audienceOf,
  type ChannelRow,
  channelChanged,
  channelCreated,
  defaultChannels,
  forgetPlaces,
  memberChannelsInTeam,
} from '../channels/index.ts'
import { membershipsOfUser, teamMemberRemoved, teamMembersAdded } from '../teams/index.ts'
import { findUsers, guestChanged, isGuest } from '../users/index.ts'
import { defaultNotifyProps, ownMember } from './records.ts'
import {
  type CountedMember,
  deleteMember,
  findMembers,
  insertMembers,
  makeAdmin,
  membershipsOf,
  outsideOfTeam,
  updateGuest,
} from './store.ts'

/** People are in a channel from now on. `isNew`: with the channel itself, or with their team; nothing to be told about. */
export const membersAdded = fact<{ channel: ChannelRow; user_ids: string[]; by: string; isNew: boolean }>(
  'member.added',
)
/** Somebody is in a channel no longer; `by` is the same person when they left. `withTeam`: because they left the team. */
export const memberRemoved = fact<{ channel: ChannelRow; user_id: string; by: string; withTeam: boolean }>(
  'member.removed',
)

/** To all clients of the member: the membership as it is now. */
export const announceMember = (context: Context, member: CountedMember): void =>
  context.publish(
    'channel_member_updated',
    { channelMember: JSON.stringify(ownMember(member)) },
    { users: [member.user_id] },
  )

type Adding = { by: string; adminIds?: readonly string[]; isNew?: boolean }

/** Puts people into a channel and tells it. Returns who was not in it before. */
export const addToChannel = async (
  context: Context,
  channel: ChannelRow,
  userIds: readonly string[],
  { by, adminIds = [], isNew = false }: Adding,
): Promise<string[]> => {
  const ids = await insertMembers(context.db, channel.id, userIds, adminIds, defaultNotifyProps, context.now)
  if (ids.length === 0) return ids
  forgetPlaces(context, channel.id, ids)
  context.effect(joinAudience, { key: audienceOf(channel.id), user_ids: ids })
  await context.emit(membersAdded, { channel, user_ids: ids, by, isNew })
  if (channel.team_id === '') return ids
  for (const id of ids) {
    const data = { user_id: id, team_id: channel.team_id }
    context.publish('user_added', data, { channel: channel.id, omitUsers: [id] })
    context.publish('user_added', data, { channel: channel.id, users: [id] })
  }
  return ids
}

/** Takes somebody out of a channel and tells it, to the others and to them. */
export const removeFromChannel = async (
  context: Context,
  channel: ChannelRow,
  userId: string,
  { by, withTeam = false }: { by: string; withTeam?: boolean },
): Promise<void> => {
  await deleteMember(context.db, channel.id, userId)
  forgetPlaces(context, channel.id, [userId])
  context.effect(leaveAudience, { key: audienceOf(channel.id), user_ids: [userId] })
  await context.emit(memberRemoved, { channel, user_id: userId, by, withTeam })
  context.publish(
    'user_removed',
    { user_id: userId, remover_id: by },
    { channel: channel.id, omitUsers: [userId] },
  )
  context.publish('user_removed', { channel_id: channel.id, remover_id: by }, { users: [userId] })
}

/** A channel that moved to another team keeps only those of its people who are in that. */
const leaveOutsiders = async (context: Context, channel: ChannelRow, isForced: boolean, by: string) => {
  const outside = await outsideOfTeam(context.db, channel.id)
  if (outside.length > 0 && !isForced) throw new Fault('channels.not_in_team')
  for (const id of outside) await removeFromChannel(context, channel, id, { by, withTeam: true })
}

/** What somebody is in all channels; whoever becomes a member is where all members are. */
const turnMemberships = async (context: Context, userId: string, isNowGuest: boolean) => {
  const { db, now } = context
  await updateGuest(db, userId, isNowGuest, now)
  for (const member of await membershipsOf(db, userId, '')) announceMember(context, member)
  if (isNowGuest) return
  for (const { team_id } of await membershipsOfUser(db, userId)) {
    for (const channel of await defaultChannels(context, team_id))
      await addToChannel(context, channel, [userId], { by: userId })
  }
}

export default [
  within(guestChanged, (context, { user_id, is_guest }) => turnMemberships(context, user_id, is_guest)),
  within(channelChanged, async (context, { channel, by, change }) => {
    if (change.kind === 'moved') await leaveOutsiders(context, channel, change.force, by)
    // Somebody must be able to look after the new channel: whoever made it.
    if (change.kind !== 'converted') return
    // All who are active are in the team; an account that ended may come back one day.
    await leaveOutsiders(context, channel, true, by)
    await makeAdmin(context.db, channel.id, by, context.now)
    for (const member of await findMembers(context.db, channel.id, [by])) announceMember(context, member)
  }),
  within(channelCreated, async (context, { channel, user_ids, admin_ids, by }) => {
    await addToChannel(context, channel, user_ids, { by, adminIds: admin_ids, isNew: true })
  }),
  within(teamMembersAdded, async (context, { team, user_ids, by }) => {
    // Guests are in no channel that they were not put into.
    const members = (await findUsers(context.db, user_ids)).filter((user) => !isGuest(user))
    const ids = members.map((user) => user.id)
    for (const channel of await defaultChannels(context, team.id)) {
      await addToChannel(context, channel, ids, { by, isNew: true })
    }
  }),
  within(teamMemberRemoved, async (context, { team, user_id, by }) => {
    for (const channel of await memberChannelsInTeam(context.db, user_id, team.id)) {
      await removeFromChannel(context, channel, user_id, { by, withTeam: true })
    }
  }),
]
