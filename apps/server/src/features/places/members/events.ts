import { defaultMemberNotifyProps } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { fact, within } from '../../../core/facts.ts'
import { Fault } from '../../../core/faults.ts'
import { joinAudience, leaveAudience } from '../../../core/own-effects.ts'
import { guestChanged, isGuest, type UserRow } from '../../people/users/index.ts'
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
import { ownMember } from './records.ts'
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

/** The new members of a channel. */
export type Added = { channel: ChannelRow; user_ids: string[] }

/**
 * People became members of channels; told once for all of them. `isNew` means that they joined together with
 * the creation of the channel, or with their team, so no notification is needed. `users` are those that this
 * transaction has already read.
 */
export const membersAdded = fact<{
  added: Added[]
  users: readonly UserRow[]
  by: string
  isNew: boolean
  isQuiet: boolean
}>('member.added')
/**
 * A person is no longer a member of a channel; `by` is the same person if they left. `withTeam` means that
 * they left the team.
 */
export const memberRemoved = fact<{ channel: ChannelRow; user_id: string; by: string; withTeam: boolean }>(
  'member.removed',
)

/** Sent to all clients of the member: the membership as it is now. */
export const announceMember = (context: Context, member: CountedMember): void =>
  context.publish(
    'channel_member_updated',
    { channelMember: JSON.stringify(ownMember(member)) },
    { users: [member.user_id] },
  )

type Adding = {
  by: string
  adminIds?: readonly string[]
  isNew?: boolean
  /** No note in the channel tells it. */
  isQuiet?: boolean
  users?: readonly UserRow[]
}

/** More people than this, added at once by a directory, are told to the others by one event. */
const MOST_TOLD = 10

const announceAdded = (context: Context, { channel, user_ids }: Added, isQuiet: boolean): void => {
  if (channel.team_id === '') return
  const isBundled = isQuiet && user_ids.length > MOST_TOLD
  if (isBundled) {
    const others = { channel: channel.id, omitUsers: user_ids }
    context.publish('members_joined', { count: user_ids.length }, others)
  }
  for (const id of user_ids) {
    const data = { user_id: id, team_id: channel.team_id }
    if (!isBundled) context.publish('user_added', data, { channel: channel.id, omitUsers: [id] })
    context.publish('user_added', data, { channel: channel.id, users: [id] })
  }
}

/** Adds people to channels and sends the events. */
export const addToChannels = async (
  context: Context,
  channels: readonly ChannelRow[],
  userIds: readonly string[],
  { by, adminIds = [], isNew = false, isQuiet = false, users = [] }: Adding,
): Promise<void> => {
  if (channels.length === 0 || userIds.length === 0) return
  const channelIds = channels.map(({ id }) => id)
  const rows = await insertMembers(
    context.db,
    channelIds,
    userIds,
    adminIds,
    defaultMemberNotifyProps,
    context.now,
  )
  const idsOf = Map.groupBy(rows, (row) => row.channel_id)
  const added = channels.flatMap((channel) => {
    const user_ids = (idsOf.get(channel.id) ?? []).map((row) => row.user_id)
    return user_ids.length > 0 ? [{ channel, user_ids }] : []
  })
  if (added.length === 0) return
  for (const { channel, user_ids } of added) {
    forgetPlaces(context, channel.id, user_ids)
    context.effect(joinAudience, { key: audienceOf(channel.id), user_ids })
  }
  await context.emit(membersAdded, { added, users, by, isNew, isQuiet })
  for (const each of added) announceAdded(context, each, isQuiet)
}

export const addToChannel = (
  context: Context,
  channel: ChannelRow,
  userIds: readonly string[],
  adding: Adding,
): Promise<void> => addToChannels(context, [channel], userIds, adding)

/** Removes a person from a channel and sends the events to them and to the others. */
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

/** After a channel moved to another team, removes the members who are not in that team. */
const leaveOutsiders = async (context: Context, channel: ChannelRow, isForced: boolean, by: string) => {
  const outside = await outsideOfTeam(context.db, channel.id)
  if (outside.length > 0 && !isForced) throw new Fault('channels.not_in_team')
  for (const id of outside) await removeFromChannel(context, channel, id, { by, withTeam: true })
}

/**
 * Changes the memberships of a person in all channels. A guest who becomes a member joins the default
 * channels.
 */
const turnMemberships = async (context: Context, userId: string, isNowGuest: boolean) => {
  const { db, now } = context
  await updateGuest(db, userId, isNowGuest, now)
  for (const member of await membershipsOf(db, userId, '')) announceMember(context, member)
  if (isNowGuest) return
  for (const { team_id } of await membershipsOfUser(db, userId)) {
    await addToChannels(context, await defaultChannels(context, team_id), [userId], { by: userId })
  }
}

export default [
  within(guestChanged, (context, { user_id, is_guest }) => turnMemberships(context, user_id, is_guest)),
  within(channelChanged, async (context, { channel, by, change }) => {
    if (change.kind === 'moved') await leaveOutsiders(context, channel, change.force, by)
    // The new channel needs an administrator: the person who converted it.
    if (change.kind !== 'converted') return
    // All active members are in the team, but a deactivated account may come back one day.
    await leaveOutsiders(context, channel, true, by)
    await makeAdmin(context.db, channel.id, by, context.now)
    for (const member of await findMembers(context.db, channel.id, [by])) announceMember(context, member)
  }),
  within(channelCreated, async (context, { channel, user_ids, admin_ids, by }) => {
    await addToChannel(context, channel, user_ids, { by, adminIds: admin_ids, isNew: true })
  }),
  within(teamMembersAdded, async (context, { team, user_ids, users, by, isQuiet }) => {
    // Guests join only the channels to which somebody adds them.
    const guests = new Set(users.filter(isGuest).map(({ id }) => id))
    const ids = user_ids.filter((id) => !guests.has(id))
    await addToChannels(context, await defaultChannels(context, team.id), ids, {
      by,
      isNew: true,
      isQuiet,
      users,
    })
  }),
  within(teamMemberRemoved, async (context, { team, user_id, by }) => {
    for (const channel of await memberChannelsInTeam(context.db, user_id, team.id)) {
      await removeFromChannel(context, channel, user_id, { by, withTeam: true })
    }
  }),
]
