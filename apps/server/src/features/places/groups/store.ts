import { type Db, literal, type Row } from '../../../core/db.ts'
import { nameForms } from '../../../core/folding.ts'
import { timezoneSql } from '../../people/users/index.ts'

export type GroupRow = Row<'groups'>

/** Is the group linked to a team or a channel? */
const hasSyncables = `exists (
  select from syncables s where s.group_id = g.id and s.delete_at = 0) as has_syncables`

export type ListedGroup = GroupRow & { has_syncables: boolean }

export const insertGroup = (db: Db, group: GroupRow) =>
  db.run(
    `insert into groups (id, name, display_name, description, source, allow_reference, create_at, update_at,
       remote_id, read_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)`,
    [
      group.id,
      group.name,
      group.display_name,
      group.description,
      group.source,
      group.allow_reference,
      group.create_at,
      group.remote_id,
      group.read_at,
    ],
  )

export const updateGroup = (db: Db, group: GroupRow) =>
  db.run(
    `update groups set name = $2, display_name = $3, description = $4, allow_reference = $5, update_at = $6,
       delete_at = $7, read_at = $8
     where id = $1`,
    [
      group.id,
      group.name,
      group.display_name,
      group.description,
      group.allow_reference,
      group.update_at,
      group.delete_at,
      group.read_at,
    ],
  )

/** A pass has read the members of a group that has not changed since. */
export const saveRead = (db: Db, groupId: string, updateAt: number, now: number) =>
  db.run(
    'update groups set read_at = $3 where id = $1 and update_at = $2 and read_at = 0 and delete_at = 0',
    [groupId, updateAt, now],
  )

export const findGroup = (db: Db, id: string) =>
  db.row<ListedGroup>(`select g.*, ${hasSyncables} from groups g where g.id = $1`, [id])

/** The row, locked: changes to one group happen one after the other. */
export const lockGroup = (db: Db, id: string) =>
  db.row<ListedGroup>(`select g.*, ${hasSyncables} from groups g where g.id = $1 for update`, [id])

/**
 * Which groups a reader may see: those that may be mentioned, or all; custom ones only where they are
 * switched on. Every list of groups has this condition.
 */
export type Sight = { all: boolean; custom: boolean }

/** The condition of a sight, whose parts are the parameters with these numbers. */
export const sightSql = (all: number, custom: number): string =>
  `(g.allow_reference or $${all}) and ($${custom} or g.source <> 'custom')`

export const findGroupsByNames = (db: Db, names: readonly string[], { all, custom }: Sight) =>
  db.rows<ListedGroup>(
    `select g.*, ${hasSyncables} from groups g
     where g.name = any($1::text[]) and g.delete_at = 0 and ${sightSql(2, 3)} order by g.name`,
    [names, all, custom],
  )

export const groupsOfUser = (db: Db, userId: string, { all, custom }: Sight) =>
  db.rows<ListedGroup>(
    `select g.*, ${hasSyncables} from groups g join group_members m on m.group_id = g.id
     where m.user_id = $1 and g.delete_at = 0 and ${sightSql(2, 3)} order by g.display_name, g.id`,
    [userId, all, custom],
  )

export type Wanted = {
  term: string
  archived: 'without' | 'with' | 'only'
  onlyReferenced: boolean
  hasMember: string
  /** '' for all, '*' for those that can be linked to places. */
  source: string
  /** The channel whose members are counted; '' for none. */
  channelId: string
  /** Only groups that are not linked to this team or channel; '' for no filter. */
  notIn: string
  /** Only groups that are linked to this team; '' for no filter. */
  linkedTo: string
  sight: Sight
  limit: number
  offset: number
}

export type CountedGroup = ListedGroup & {
  member_count: number
  member_ids: string[]
  channel_member_count: number
  channel_member_timezones_count: number
}

const byDisplayName = 'order by lower(g.display_name) collate "C", g.id'

/**
 * A page of groups by display name, each with the number of its active members, and of those among them who
 * are in a channel. Only groups of the page are counted.
 */
export const listGroups = (db: Db, wanted: Wanted) =>
  db.rows<CountedGroup>(
    `select g.*, n.member_count, n.member_ids, n.channel_member_count, n.channel_member_timezones_count
     from (
       select g.*, ${hasSyncables} from groups g
       where (coalesce(g.name, '') like any($1) or name_forms(g.display_name) like any($1))
         and ($2 = 'with' or ($2 = 'only') = (g.delete_at > 0)) and (not $3 or g.allow_reference)
         and ($4 = '' or exists (select from group_members m where m.group_id = g.id and m.user_id = $4))
         and ($5 = '' or g.source = $5 or $5 = '*' and g.source <> 'custom') and ${sightSql(9, 10)}
         and ($11 = '' or not exists (
           select from syncables s where s.group_id = g.id and s.place_id = $11 and s.delete_at = 0))
         and ($12 = '' or exists (
           select from syncables s where s.group_id = g.id and s.place_id = $12 and s.delete_at = 0))
       ${byDisplayName} limit $7 offset $8
     ) g cross join lateral (
       select count(*) as member_count,
         coalesce(array_agg(u.id::text order by u.username), '{}') as member_ids,
         count(c.user_id) as channel_member_count,
         count(distinct nullif(${timezoneSql}, '')) filter (where c.user_id is not null)
           as channel_member_timezones_count
       from group_members m join users u on u.id = m.user_id and u.delete_at = 0
       left join channel_members c on c.channel_id = $6 and c.user_id = m.user_id
       where m.group_id = g.id
     ) n
     ${byDisplayName}`,
    [
      nameForms(wanted.term).map((form) => `%${literal(form)}%`),
      wanted.archived,
      wanted.onlyReferenced,
      wanted.hasMember,
      wanted.source,
      wanted.channelId,
      wanted.limit,
      wanted.offset,
      wanted.sight.all,
      wanted.sight.custom,
      wanted.notIn,
      wanted.linkedTo,
    ],
  )

/** Groups that may be mentioned and that have members in a channel, with the number of these members. */
export const countsInChannel = (db: Db, channelId: string) =>
  db.rows<{ group_id: string; channel_member_count: number; channel_member_timezones_count: number }>(
    `select g.id as group_id, count(*) as channel_member_count,
       count(distinct nullif(${timezoneSql}, '')) as channel_member_timezones_count
     from groups g join group_members m on m.group_id = g.id
     join users u on u.id = m.user_id and u.delete_at = 0
     join channel_members c on c.user_id = m.user_id and c.channel_id = $1
     where g.delete_at = 0 and g.allow_reference group by g.id order by g.id`,
    [channelId],
  )

export const countMembers = async (db: Db, groupId: string): Promise<number> =>
  (
    await db.row<{ n: number }>(
      `select count(*) as n from group_members m join users u on u.id = m.user_id and u.delete_at = 0
       where m.group_id = $1`,
      [groupId],
    )
  )?.n ?? 0

export const listMemberIds = async (
  db: Db,
  groupId: string,
  limit: number,
  offset: number,
): Promise<string[]> =>
  (
    await db.rows<{ user_id: string }>(
      `select m.user_id from group_members m join users u on u.id = m.user_id and u.delete_at = 0
       where m.group_id = $1 order by u.username limit $2 offset $3`,
      [groupId, limit, offset],
    )
  ).map((row) => row.user_id)

/** Adds people; those who were already members are not returned. */
export const insertMembers = (db: Db, groupId: string, userIds: readonly string[], now: number) =>
  db.rows<Row<'group_members'>>(
    `insert into group_members (group_id, user_id, create_at)
     select $1, id, $3 from unnest($2::text[]) as t (id)
     on conflict do nothing returning *`,
    [groupId, userIds, now],
  )

export const deleteMembers = (db: Db, groupId: string, userIds: readonly string[]) =>
  db.rows<Row<'group_members'>>(
    'delete from group_members where group_id = $1 and user_id = any($2::text[]) returning *',
    [groupId, userIds],
  )

export const deleteAllMembers = (db: Db, groupId: string) =>
  db.rows<Row<'group_members'>>('delete from group_members where group_id = $1 returning *', [groupId])

/** Does a group have this name, archived ones included? */
export const isGroupName = async (db: Db, name: string): Promise<boolean> =>
  (await db.row('select from groups where name = $1', [name])) !== undefined

/** Who has this name: an account, another group (archived ones included), or nobody. */
export const holderOf = async (
  db: Db,
  name: string,
  groupId: string,
): Promise<'user' | 'group' | undefined> =>
  (
    await db.row<{ holder: 'user' | 'group' }>(
      `select 'user' as holder from users where username = $1
       union all select 'group' from groups where name = $1 and id <> $2 limit 1`,
      [name, groupId],
    )
  )?.holder

/** The team of a channel, and whether groups decide who is in it. */
export const teamOfChannel = (db: Db, channelId: string) =>
  db.row<{ id: string; group_constrained: boolean | null }>(
    'select t.id, t.group_constrained from channels c join teams t on t.id = c.team_id where c.id = $1',
    [channelId],
  )

/**
 * Who says which groups there are and who is in them: the directory, or a sign-in service. What one of them
 * says never touches groups of another.
 */
export type RemoteSource = 'ldap' | 'openid' | 'saml'

/** Groups of a source by their ids there, archived ones too. */
export const findRemote = (db: Db, source: RemoteSource, remoteIds: readonly string[]) =>
  db.rows<ListedGroup>(
    `select g.*, ${hasSyncables} from groups g where g.source = $1 and g.remote_id = any($2::text[])`,
    [source, remoteIds],
  )

/** The groups of a source that are linked now. */
export const linkedGroups = (db: Db, source: RemoteSource) =>
  db.rows<ListedGroup>(
    `select g.*, ${hasSyncables} from groups g where g.source = $1 and g.delete_at = 0 order by g.id`,
    [source],
  )

/** Who is in groups, with what a comparison needs; of all people, or of these. */
export const membersOf = (db: Db, groupIds: readonly string[], among: readonly string[] | null = null) =>
  db.rows<Pick<Row<'group_members'>, 'group_id' | 'user_id'>>(
    `select group_id, user_id from group_members
     where group_id = any($1::text[]) and ($2::text[] is null or user_id = any($2))`,
    [groupIds, among],
  )

/**
 * A sign-in service has just said in which of its groups a person is. Locks the person's row: two sign-ins
 * at once are followed one after the other.
 */
export const saveReading = (db: Db, source: RemoteSource, userId: string, now: number) =>
  db.run(
    `insert into group_readings (user_id, source, read_at) values ($1, $2, $3)
     on conflict (user_id, source) do update
     set read_at = greatest(group_readings.read_at, excluded.read_at)`,
    [userId, source, now],
  )

/** The groups in which a person is because of a service by which they do not sign in any more. */
export const listForeign = (db: Db, userId: string) =>
  db.rows<{ id: string; source: RemoteSource }>(
    `select g.id, g.source from group_members m join groups g on g.id = m.group_id
     join users u on u.id = m.user_id
     where m.user_id = $1 and g.source not in ('custom', 'ldap') and g.source <> u.auth_service
     order by g.id`,
    [userId],
  )
