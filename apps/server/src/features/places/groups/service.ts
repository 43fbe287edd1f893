import type { Group, GroupMember, groups, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { findUsers, seenIds, seenPeople, shownUser, usersByIds } from '../../people/users/index.ts'
import { sightOf } from './access.ts'
import { announceAdded, announceGroup, announceRemoved } from './events.ts'
import { checkName, freeName } from './naming.ts'
import { shownGroup, shownMember } from './records.ts'
import {
  countMembers,
  countsInChannel,
  deleteMembers,
  findGroupsByNames,
  type GroupRow,
  groupsOfUser,
  insertGroup,
  insertMembers,
  type ListedGroup,
  listGroups,
  listMemberIds,
  teamOfChannel,
  updateGroup,
} from './store.ts'

type Input<K extends keyof typeof groups> = InputOf<(typeof groups)[K]>

/** Adds people, all of whom must exist, and sends them events. */
const addPeople = async (
  context: Context,
  groupId: string,
  userIds: readonly string[],
): Promise<GroupMember[]> => {
  const ids = [...new Set(userIds)]
  const users = await findUsers(context.db, ids)
  if (users.length !== ids.length || users.some((user) => user.delete_at > 0))
    throw new Fault('users.not_found')
  const added = (await insertMembers(context.db, groupId, ids, context.now)).map((row) => shownMember(row, 0))
  for (const member of added) announceAdded(context, member)
  return added
}

const withCount = async ({ db }: Context, group: GroupRow | ListedGroup): Promise<Group> => ({
  ...shownGroup(group),
  member_count: await countMembers(db, group.id),
})

/** The team whose groups alone are permitted in a channel: that of the channel, if groups decide who is in it. */
const parentOf = async ({ db }: Context, channelId: string): Promise<string> => {
  const team = channelId === '' ? undefined : await teamOfChannel(db, channelId)
  return team?.group_constrained ? team.id : ''
}

export const list = async (context: Context, { query }: Input<'list'>): Promise<Group[]> => {
  const { actor, db } = context
  const archived = query.filter_archived ? 'only' : query.include_archived ? 'with' : 'without'
  const channelId = query.include_channel_member_count
  const hasMember = query.filter_has_member === 'me' ? actor.userId : query.filter_has_member
  // A person's groups are listed only for people whom the actor may know.
  if (hasMember !== '' && !(await seenIds(context, [hasMember])).has(hasMember)) return []
  const rows = await listGroups(db, {
    term: query.q,
    archived,
    onlyReferenced: query.filter_allow_reference,
    hasMember,
    source: query.only_syncable_sources ? '*' : query.group_source,
    channelId,
    notIn: query.not_associated_to_team || query.not_associated_to_channel,
    linkedTo: query.filter_parent_team_permitted
      ? await parentOf(context, query.not_associated_to_channel)
      : '',
    sight: sightOf(context),
    limit: query.per_page,
    offset: Math.max(query.page, 0) * query.per_page,
  })
  const asked = query.include_member_ids ? [...new Set(rows.flatMap((row) => row.member_ids))] : []
  const seen = await seenIds(context, asked)
  return rows.map((row) => ({
    ...shownGroup(row),
    ...(query.include_member_count && { member_count: row.member_count }),
    ...(query.include_member_ids && { member_ids: row.member_ids.filter((id) => seen.has(id)) }),
    ...(channelId !== '' && { channel_member_count: row.channel_member_count }),
    ...(channelId !== '' &&
      query.include_timezones && { channel_member_timezones_count: row.channel_member_timezones_count }),
  }))
}

export const create = async (context: Context, { body }: Input<'create'>): Promise<Group> => {
  // Only its source can create a group that is not made here.
  if ((body.source ?? 'custom') !== 'custom' || body.allow_reference === false) {
    throw new Fault('api.context.invalid_body_param.app_error', {
      name: body.allow_reference === false ? 'allow_reference' : 'source',
    })
  }
  const { db, now } = context
  const group: GroupRow = {
    id: newId(now),
    name: await checkName(context, body.name),
    display_name: body.display_name.trim() || body.name,
    description: body.description ?? '',
    source: 'custom',
    allow_reference: true,
    create_at: now,
    update_at: now,
    delete_at: 0,
    remote_id: null,
    read_at: 0,
  }
  await insertGroup(db, group)
  const members = await addPeople(context, group.id, body.user_ids ?? [])
  const shown = { ...shownGroup(group), member_count: members.length }
  announceGroup(context, shown)
  return shown
}

export const listByNames = async (context: Context, { body }: Input<'listByNames'>): Promise<Group[]> => {
  const names = body.map((name) => name.toLowerCase())
  return (await findGroupsByNames(context.db, names, sightOf(context))).map(shownGroup)
}

export const get = (context: Context, { query }: Input<'get'>, group: ListedGroup) =>
  query.include_member_count ? withCount(context, group) : shownGroup(group)

/** Writes a changed group and tells those who may know it. */
export const save = async (
  context: Context,
  group: ListedGroup,
  change: Partial<GroupRow>,
): Promise<Group> => {
  const next = { ...group, ...change, update_at: Math.max(context.now, group.update_at + 1) }
  await updateGroup(context.db, next)
  const shown = await withCount(context, next)
  announceGroup(context, shown, shownGroup(group))
  return shown
}

/** A group of the directory gets a name when it may be mentioned, and keeps it. */
const patchRemote = async (
  context: Context,
  { name, allow_reference = false, ...texts }: Input<'patch'>['body'] & { allow_reference?: boolean },
  group: ListedGroup,
): Promise<Group> => {
  const wanted = name === undefined ? group.name : await checkName(context, name, group)
  return await save(context, group, {
    ...texts,
    allow_reference,
    name: wanted === null && allow_reference ? await freeName(context, group) : wanted,
  })
}

export const patch = async (
  context: Context,
  { body }: Input<'patch'>,
  group: ListedGroup,
): Promise<Group> => {
  if (group.delete_at > 0) throw new Fault('groups.archived')
  const allow_reference = body.allow_reference ?? group.allow_reference
  if (group.source !== 'custom') return await patchRemote(context, { ...body, allow_reference }, group)
  if (body.allow_reference === false) {
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'allow_reference' })
  }
  const { name, display_name, description } = body
  return await save(context, group, {
    ...(name !== undefined && { name: await checkName(context, name, group) }),
    ...(display_name !== undefined && { display_name: display_name.trim() || group.display_name }),
    ...(description !== undefined && { description }),
  })
}

export const archive = async (context: Context, _input: unknown, group: ListedGroup): Promise<Group> => {
  if (group.delete_at > 0) throw new Fault('groups.archived')
  return await save(context, group, { delete_at: context.now })
}

export const restore = (context: Context, _input: unknown, group: ListedGroup): Promise<Group> =>
  group.delete_at === 0 ? withCount(context, group) : save(context, group, { delete_at: 0 })

export const stats = async ({ db }: Context, _input: unknown, group: ListedGroup) => ({
  group_id: group.id,
  total_member_count: await countMembers(db, group.id),
})

export const listMembers = async (context: Context, { query }: Input<'listMembers'>, group: ListedGroup) => {
  const { db, server } = context
  const ids = await listMemberIds(db, group.id, query.per_page, Math.max(query.page, 0) * query.per_page)
  const people = await seenPeople(context, await usersByIds(server, ids))
  const users = new Map(people.map((user) => [user.id, user]))
  const members = ids.flatMap((id) => users.get(id) ?? []).map((user) => shownUser(context, user))
  return { members, total_member_count: await countMembers(db, group.id) }
}

const touched = async (context: Context, group: ListedGroup) => {
  await save(context, group, {})
}

export const addMembers = async (context: Context, { body }: Input<'addMembers'>, group: ListedGroup) => {
  if (group.delete_at > 0) throw new Fault('groups.archived')
  const added = await addPeople(context, group.id, body.user_ids)
  await touched(context, group)
  return added
}

export const removeMembers = async (
  context: Context,
  { body }: Input<'removeMembers'>,
  group: ListedGroup,
) => {
  if (group.delete_at > 0) throw new Fault('groups.archived')
  const rows = await deleteMembers(context.db, group.id, body.user_ids)
  const removed = rows.map((row) => shownMember(row, context.now))
  for (const member of removed) announceRemoved(context, member)
  await touched(context, group)
  return removed
}

export const listOfUser = async (context: Context, _input: unknown, userId: string): Promise<Group[]> =>
  (await groupsOfUser(context.db, userId, sightOf(context))).map(shownGroup)

export const countInChannel = async ({ db }: Context, { params, query }: Input<'countInChannel'>) =>
  (await countsInChannel(db, params.channel_id)).map((row) => ({
    ...row,
    channel_member_timezones_count: query.include_timezones ? row.channel_member_timezones_count : 0,
  }))
