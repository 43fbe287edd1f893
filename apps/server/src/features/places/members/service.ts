import type { ChannelMember, InputOf, members, User } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { Raw } from '../../../core/route.ts'
import { checkSchemeRoles, greaterName } from '../../ground/roles/index.ts'
import { findUsers, shownUser, usersByIds } from '../../people/users/index.ts'
import {
  findChannels,
  forgetPlaces,
  type SeenChannel,
  type SeenPlace,
  TOWN_SQUARE,
} from '../channels/index.ts'
import type { SeenMember } from './access.ts'
import { addToChannel, announceMember, removeFromChannel } from './events.ts'
import { othersMember, ownMember } from './records.ts'
import {
  type CountedMember,
  findMembers,
  inTeam,
  listMembers,
  type MemberWithTeam,
  membershipsOf,
  membershipsWithTeams,
  pageOfMemberships,
  peopleOf,
  timezonesIn,
  updateMember,
} from './store.ts'

const shown = ({ actor }: Context, row: CountedMember): ChannelMember =>
  row.user_id === actor.userId ? ownMember(row) : othersMember(row)

export const list = async (
  context: Context,
  { query }: InputOf<typeof members.list>,
  { channel }: SeenPlace,
): Promise<ChannelMember[]> => {
  const { actor, db } = context
  const { denied_members, denied_guests } = channel
  const [limit, offset] = [query.per_page, Math.max(query.page, 0) * query.per_page]
  const rows = await listMembers(db, channel.id, actor.userId, limit, offset)
  return rows.map((row) => shown(context, { ...row, denied_members, denied_guests }))
}

export const get = (context: Context, _input: unknown, { member }: SeenMember) => shown(context, member)

export const listByIds = async (
  context: Context,
  { body }: InputOf<typeof members.listByIds>,
  { channel }: SeenPlace,
) => (await findMembers(context.db, channel.id, body)).map((row) => shown(context, row))

/** As in v4, adding one person returns a membership, adding several returns a list. */
export const add = async (
  context: Context,
  { body }: InputOf<typeof members.add>,
  { channel }: SeenChannel,
) => {
  const { actor, db } = context
  const ids = [...new Set([...(body.user_ids ?? []), ...(body.user_id ? [body.user_id] : [])])]
  const users = await findUsers(db, ids)
  if (users.length !== ids.length || users.some((user) => user.delete_at > 0))
    throw new Fault('users.not_found')
  const inside = await inTeam(db, channel.team_id, ids)
  if (ids.some((id) => !inside.has(id))) throw new Fault('channels.not_in_team')
  await addToChannel(context, channel, ids, { by: actor.userId })
  const rows = (await findMembers(db, channel.id, ids)).map((row) => shown(context, row))
  const [first] = rows
  return body.user_ids || !first ? rows : first
}

/** In a channel whose members groups decide, people still leave by themselves, and bots come and go. */
const refuseConstrained = async (
  { actor, db }: Context,
  { group_constrained }: { group_constrained: boolean | null },
  userId: string,
): Promise<void> => {
  if (!group_constrained || userId === actor.userId) return
  const [user] = await findUsers(db, [userId])
  if (!user?.is_bot) throw new Fault('api.channel.remove_member.group_constrained.app_error')
}

export const remove = async (context: Context, _input: unknown, { channel, member }: SeenMember) => {
  // Guests need not be in Town Square, so they can be removed from it.
  if (channel.name === TOWN_SQUARE && !member.scheme_guest)
    throw new Fault('channels.default', { name: channel.display_name })
  await refuseConstrained(context, channel, member.user_id)
  await removeFromChannel(context, channel, member.user_id, { by: context.actor.userId })
  return { status: 'OK' as const }
}

const schemeRoles = ['channel_user', 'channel_admin', 'channel_guest']

/** Changes a membership and tells its owner. */
export const save = async (context: Context, member: CountedMember, change: Partial<CountedMember>) => {
  // A guest is a guest everywhere: only promoting and demoting changes that.
  if ((change.scheme_guest ?? member.scheme_guest) !== member.scheme_guest) throw new Fault('roles.guest')
  const next = { ...member, ...change, update_at: Math.max(context.now, member.update_at + 1) }
  await updateMember(context.db, next)
  forgetPlaces(context, member.channel_id, [member.user_id])
  announceMember(context, next)
  return { status: 'OK' as const }
}

export const setRoles = async (
  context: Context,
  { body }: InputOf<typeof members.setRoles>,
  { member }: SeenMember,
) => {
  const names = body.roles
    .split(' ')
    .filter((name) => name !== '')
    .map(greaterName)
  // Only roles of a channel can be given in a channel; otherwise people could gain a higher role here.
  const unknown = names.find((name) => !schemeRoles.includes(name))
  if (unknown !== undefined) throw new Fault('roles.unknown', { name: unknown })
  const isGuest = names.includes('channel_guest')
  if (isGuest && names.length > 1) throw new Fault('roles.unknown', { name: body.roles })
  return await save(context, member, {
    scheme_user: !isGuest,
    scheme_admin: names.includes('channel_admin'),
    scheme_guest: isGuest,
  })
}

/** Sets roles in v4's other form: guest, or member and perhaps administrator. */
export const setSchemeRoles = async (
  context: Context,
  { body }: InputOf<typeof members.setSchemeRoles>,
  { member }: SeenMember,
) => {
  return await save(context, member, checkSchemeRoles(body))
}

/**
 * The time zones of the people in a channel, each once. Official clients use them to warn about late hours.
 */
export const timezones = async (
  { db }: Context,
  _input: unknown,
  { channel }: SeenChannel,
): Promise<string[]> => await timezonesIn(db, channel.id)

const levels = ['default', 'all', 'mention', 'none']

/** The settings of a channel, and their allowed values. The name of a sound is free text. */
const allowed = new Map<string, readonly string[] | 'any'>([
  ['desktop', levels],
  ['push', levels],
  ['desktop_threads', levels],
  ['push_threads', levels],
  ['email', ['default', 'true', 'false']],
  ['mark_unread', ['all', 'mention']],
  ['ignore_channel_mentions', ['default', 'on', 'off']],
  ['channel_auto_follow_threads', ['on', 'off']],
  ['desktop_sound', ['default', 'on', 'off']],
  ['desktop_notification_sound', 'any'],
])

const LONGEST_SOUND = 64

const isAllowed = (name: string, value: string) => {
  const values = allowed.get(name)
  return values === undefined || (values === 'any' ? value.length <= LONGEST_SOUND : values.includes(value))
}

export const setNotifyProps = async (
  context: Context,
  { body }: InputOf<typeof members.setNotifyProps>,
  { member }: SeenMember,
) => {
  const wrong = Object.entries(body).find(([name, value]) => !isAllowed(name, value))
  if (wrong) throw new Fault('api.context.invalid_body_param.app_error', { name: wrong[0] })
  // Official clients send more properties (user_id, channel_id); these are ignored.
  const ours = Object.fromEntries(Object.entries(body).filter(([name]) => allowed.has(name)))
  return await save(context, member, { notify_props: { ...member.notify_props, ...ours } })
}

export const listOfUserInTeam = async (
  { db }: Context,
  _input: unknown,
  { userId, teamId }: { userId: string; teamId: string },
) => (await membershipsOf(db, userId, teamId)).map(ownMember)

const withTeam = (row: MemberWithTeam) => ({
  ...ownMember(row),
  team_display_name: row.team_display_name,
  team_name: row.team_name,
  team_update_at: row.team_update_at,
})

/** `page=-1` asks for the whole list, one JSON value per line (protocol: semantics 3). */
export const listOfUser = async (
  { db }: Context,
  { query }: InputOf<typeof members.listOfUser>,
  userId: string,
) => {
  if (query.page >= 0) {
    return (await pageOfMemberships(db, userId, query.per_page, query.page * query.per_page)).map(withTeam)
  }
  const rows = await membershipsWithTeams(db, userId)
  return new Raw(rows.map((row) => `${JSON.stringify(withTeam(row))}\n`).join(''), 'application/x-ndjson')
}

/** The people in those of the requested group conversations of which the actor is a member. */
export const listGroupProfiles = async (
  context: Context,
  { body }: InputOf<typeof members.listGroupProfiles>,
) => {
  const { actor, db, server } = context
  const groups = (await findChannels(db, body))
    .filter((channel) => channel.type === 'G')
    .map((channel) => channel.id)
  const people = Map.groupBy(await peopleOf(db, groups), (row) => row.channel_id)
  const shownGroups: Record<string, User[]> = {}
  for (const [id, rows] of people) {
    if (!rows.some((row) => row.user_id === actor.userId)) continue
    const users = await usersByIds(
      server,
      rows.map((row) => row.user_id),
    )
    shownGroups[id] = users.filter((user) => user.id !== actor.userId).map((user) => shownUser(context, user))
  }
  return shownGroups
}

/** Mutes or unmutes channels of a person; those already in the wanted state stay unchanged. */
export const setMuted = async (
  context: Context,
  userId: string,
  channelIds: readonly string[],
  isMuted: boolean,
): Promise<void> => {
  const mark_unread = isMuted ? 'mention' : 'all'
  for (const id of channelIds) {
    const [member] = await findMembers(context.db, id, [userId])
    if (!member || member.notify_props.mark_unread === mark_unread) continue
    await save(context, member, { notify_props: { ...member.notify_props, mark_unread } })
  }
}
