/** Lists of people with the filters that clients ask for: each given filter is a condition; and an order. */
import { type Db, literal } from '../../../core/db.ts'
import { nameForms } from '../../../core/folding.ts'
import type { UserRow } from './store.ts'

export type UserFilter = {
  in_team?: string
  not_in_team?: string
  in_channel?: string
  not_in_channel?: string
  in_group?: string
  not_in_group?: string
  /** Also groups that may not be mentioned; the reader must be allowed to know them. */
  any_group?: boolean
  without_team?: boolean
  /** Only people in a group that is linked to the team or channel of the filter. */
  group_constrained?: boolean
  /** Only active people, only deactivated ones, or both. */
  state: 'active' | 'inactive' | 'all'
  without_bots?: boolean
  role?: string
  /** Any of these roles: on the server, or in the team or channel of the filter. */
  roles?: readonly string[]
  team_roles?: readonly string[]
  channel_roles?: readonly string[]
  /** Only people whom this person meets in a channel; '' for everybody. */
  met_by: string
  /**
   * Prefixes of names; '' for no filter. Names that are not shown are not searched, because a search would
   * reveal them.
   */
  term?: string
  byFullName?: boolean
}

/**
 * `''` sorts by username; `last_activity_at` and `create_at` begin with the newest, `status` with people who
 * are online, `admin` with administrators of the channel.
 */
export type UserOrder = '' | 'last_activity_at' | 'create_at' | 'status' | 'admin'

/** In the searched text each name follows a line break. */
const like = (term: string) => nameForms(term).map((form) => `%\n${literal(form)}%`)

/**
 * A condition without the names that others may not see; it is checked only for rows that the index finds.
 */
const nicknames = `person_forms(u.username, u.nickname, '', '')`

const inTeam = 'exists (select from team_members m where m.team_id = ? and m.user_id = u.id)'
const inChannel = 'exists (select from channel_members m where m.channel_id = ? and m.user_id = u.id)'
const inAnyGroup = 'exists (select from group_members m where m.group_id = ? and m.user_id = u.id)'
const inGroup = `exists (select from group_members m join groups g on g.id = m.group_id and g.allow_reference
  where m.group_id = ? and m.user_id = u.id)`
/** Only groups that the reader may know: others would be learned by who is listed. */
const inLinkedGroup = (isAny: boolean) =>
  `exists (select from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
     ${isAny ? '' : 'and g.allow_reference'}
   join group_members m on m.group_id = s.group_id and m.user_id = u.id where s.place_id = ? and s.delete_at = 0)`

/** The kind of a person's membership in a place, as one word. */
const placeRole = (place: 'team' | 'channel') =>
  `case when m.scheme_guest then '${place}_guest' when m.scheme_admin then '${place}_admin' else '${place}_user' end`

type Query = { values: unknown[]; where: string[] }

const roleParts = (filter: UserFilter, value: (given: unknown) => string): string[] => {
  const { roles = [], team_roles = [], channel_roles = [], in_team = '', in_channel = '' } = filter
  const parts: string[] = []
  if (roles.length > 0) {
    const given = value(roles)
    // People with more than the ordinary role match only that role.
    parts.push(
      `u.roles = any(${given}) or string_to_array(u.roles, ' ') && array_remove(${given}, 'system_user')`,
    )
  }
  if (team_roles.length > 0) {
    parts.push(`exists (select from team_members m where m.user_id = u.id and m.team_id = ${value(in_team)}
      and ${placeRole('team')} = any(${value(team_roles)}::text[]))`)
  }
  if (channel_roles.length > 0) {
    parts.push(`exists (select from channel_members m where m.user_id = u.id and m.channel_id = ${value(in_channel)}
      and ${placeRole('channel')} = any(${value(channel_roles)}::text[]))`)
  }
  return parts
}

const queryOf = (filter: UserFilter): Query => {
  const values: unknown[] = []
  const where = ['true']
  const value = (given: unknown): string => {
    values.push(given)
    return Array.isArray(given) ? `$${values.length}::text[]` : `$${values.length}`
  }
  const add = (given: string | undefined, condition: string) => {
    if (given) where.push(condition.replaceAll('?', value(given)))
  }
  add(filter.in_team, inTeam)
  add(filter.not_in_team, `not ${inTeam}`)
  add(filter.in_channel, inChannel)
  add(filter.not_in_channel, `not ${inChannel}`)
  const group = filter.any_group ? inAnyGroup : inGroup
  add(filter.in_group, group)
  add(filter.not_in_group, `not ${group}`)
  if (filter.without_team) where.push('not exists (select from team_members m where m.user_id = u.id)')
  if (filter.group_constrained) {
    const places = [filter.in_channel, filter.not_in_channel, filter.in_team, filter.not_in_team]
    add(places.find((id) => id) ?? 'none', inLinkedGroup(filter.any_group ?? false))
  }
  if (filter.state !== 'all') where.push(filter.state === 'active' ? 'u.delete_at = 0' : 'u.delete_at > 0')
  if (filter.without_bots) where.push('not u.is_bot')
  add(filter.role, `? = any(string_to_array(u.roles, ' '))`)
  const roles = roleParts(filter, value)
  if (roles.length > 0) where.push(`(${roles.join(' or ')})`)
  // As a list, so that a guest who meets few is shown them without a look at everybody.
  add(
    filter.met_by,
    `u.id = any(array(select ? union select theirs.user_id::text
       from channel_members mine join channel_members theirs using (channel_id) where mine.user_id = ?))`,
  )
  if (filter.term) {
    // One condition per pattern, because PostgreSQL does not use a trigram index for "any of several".
    const patterns = like(filter.term).map(value)
    const any = (text: string) => `(${patterns.map((pattern) => `${text} like ${pattern}`).join(' or ')})`
    where.push(any('u.forms'))
    if (!filter.byFullName) where.push(any(nicknames))
  }
  return { values, where }
}

const orders: Record<UserOrder, { join: string; by: string }> = {
  '': { join: '', by: '' },
  create_at: { join: '', by: 'u.create_at desc,' },
  last_activity_at: {
    join: 'left join statuses s on s.user_id = u.id',
    by: 'coalesce(s.last_activity_at, 0) desc,',
  },
  status: {
    join: 'left join statuses s on s.user_id = u.id',
    by: `array_position(array['online', 'away', 'dnd'], s.status::text) nulls last,`,
  },
  admin: {
    join: 'left join channel_members a on a.user_id = u.id and a.channel_id = ?',
    by: 'coalesce(a.scheme_admin, false) desc,',
  },
}

/** The people who match a filter: `limit` of them, from `offset` on. */
export const listUsers = (
  db: Db,
  filter: UserFilter,
  limit: number,
  offset: number,
  order: UserOrder = '',
) => {
  const { values, where } = queryOf(filter)
  const { join, by } = orders[order]
  const place = (given: unknown) => `$${values.push(given)}`
  const joined = join.includes('?') ? join.replace('?', place(filter.in_channel ?? '')) : join
  return db.rows<UserRow>(
    `select u.* from users u ${joined} where ${where.join(' and ')}
     order by ${by} u.username limit ${place(limit)} offset ${place(offset)}`,
    values,
  )
}

export const countUsers = async (db: Db, filter: UserFilter): Promise<number> => {
  const { values, where } = queryOf(filter)
  const row = await db.row<{ n: number }>(
    `select count(*) as n from users u where ${where.join(' and ')}`,
    values,
  )
  return row?.n ?? 0
}
