/** Lists of people: page by page, by ids and names, and by a part of the name. */
import type { InputOf, User, users } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { seenPeople, viewerOf } from './access.ts'
import { countUsers, listUsers, type UserFilter } from './list-store.ts'
import { usersByIds } from './memory.ts'
import { shownUser } from './records.ts'
import { findByUsernames, findChanged, type UserRow } from './store.ts'

const words = (list: string): string[] =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

const show = (context: Context, rows: readonly UserRow[]): User[] =>
  rows.map((row) => shownUser(context, row))

const seesAllGroups = ({ actor }: Context): boolean => actor.can('sysconsole_read_user_management_groups')

export const listAll = async (context: Context, { query }: InputOf<typeof users.list>): Promise<User[]> => {
  const filter: UserFilter = {
    ...query,
    any_group: seesAllGroups(context),
    state: query.active ? 'active' : query.inactive ? 'inactive' : 'all',
    roles: words(query.roles),
    team_roles: words(query.team_roles),
    channel_roles: words(query.channel_roles),
    met_by: viewerOf(context),
  }
  const offset = Math.max(query.page, 0) * query.per_page
  return show(context, await listUsers(context.db, filter, query.per_page, offset, query.sort))
}

export const listByIds = async (
  context: Context,
  { query, body }: InputOf<typeof users.listByIds>,
): Promise<User[]> => {
  const rows =
    query.since > 0
      ? await findChanged(context.db, body, query.since)
      : await usersByIds(context.server, body)
  return show(context, await seenPeople(context, rows))
}

export const listByUsernames = async (context: Context, { body }: InputOf<typeof users.listByUsernames>) => {
  const names = body.map((name) => name.toLowerCase())
  return show(context, await seenPeople(context, await findByUsernames(context.db, names)))
}

const seesFullNames = ({ actor, server }: Context) =>
  server.settings().PrivacySettings.ShowFullName || actor.can('manage_system')

/** The conditions of a search by a part of the name. */
const byTerm = (context: Context, term: string) => ({
  term: term.replace(/^@/, ''),
  byFullName: seesFullNames(context),
  met_by: viewerOf(context),
})

export const search = async (context: Context, { body }: InputOf<typeof users.search>): Promise<User[]> => {
  const filter: UserFilter = {
    ...byTerm(context, body.term),
    in_team: body.team_id ?? '',
    not_in_team: body.not_in_team_id ?? '',
    in_channel: body.in_channel_id ?? '',
    not_in_channel: body.not_in_channel_id ?? '',
    in_group: body.in_group_id ?? '',
    not_in_group: body.not_in_group_id ?? '',
    any_group: seesAllGroups(context),
    without_team: body.without_team ?? false,
    group_constrained: body.group_constrained ?? false,
    state: body.allow_inactive ? 'all' : 'active',
    role: body.role ?? '',
    roles: body.roles ?? [],
    team_roles: body.team_roles ?? [],
    channel_roles: body.channel_roles ?? [],
  }
  const limit = Math.min(Math.max(body.limit ?? 100, 1), 1000)
  return show(context, await listUsers(context.db, filter, limit, 0))
}

export const autocomplete = async (context: Context, { query }: InputOf<typeof users.autocomplete>) => {
  const filter: UserFilter = {
    ...byTerm(context, query.name),
    in_team: query.in_team,
    in_channel: query.in_channel,
    state: 'active',
  }
  const inside = show(context, await listUsers(context.db, filter, query.limit, 0))
  if (query.in_channel === '') return { users: inside }
  const others: UserFilter = { ...filter, in_channel: '', not_in_channel: query.in_channel }
  return { users: inside, out_of_channel: show(context, await listUsers(context.db, others, query.limit, 0)) }
}

/** The number of people who match a filter, for administrators. */
export const filteredStats = async ({ db }: Context, { query }: InputOf<typeof users.filteredStats>) => ({
  total_users_count: await countUsers(db, {
    ...query,
    state: query.include_deleted ? 'all' : 'active',
    without_bots: !query.include_bots,
    roles: words(query.roles),
    team_roles: words(query.team_roles),
    channel_roles: words(query.channel_roles),
    met_by: '',
  }),
})
