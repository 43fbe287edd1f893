/** The tables `syncables` and `placements`. */
import type { Db, Row } from '../../../core/db.ts'
import { type ListedGroup, type Sight, sightSql } from '../groups/index.ts'

export type Kind = 'Team' | 'Channel'
export type SyncableRow = Row<'syncables', { kind: Kind }>
export type PlacementRow = Row<'placements'>

/** A link with what its place is called; `team_id` is that of a channel, or the team itself. */
export type NamedSyncable = SyncableRow & {
  display_name: string
  type: string
  team_id: string
  team_display_name: string
  team_type: string
}

const named = `select s.*, coalesce(c.display_name, t.display_name) as display_name,
    coalesce(c.type, t.type) as type, t.id as team_id, t.display_name as team_display_name,
    t.type as team_type
  from syncables s left join channels c on s.kind = 'Channel' and c.id = s.place_id
  join teams t on t.id = coalesce(c.team_id, s.place_id)`

/** The links of a group to places that are not archived. */
export const listSyncables = (db: Db, groupId: string, kind: Kind) =>
  db.rows<NamedSyncable>(
    `${named}
     where s.group_id = $1 and s.kind = $2 and s.delete_at = 0 and t.delete_at = 0
       and coalesce(c.delete_at, 0) = 0
     order by lower(coalesce(c.display_name, t.display_name)) collate "C", s.place_id`,
    [groupId, kind],
  )

/** A link, also one that was removed. */
export const findSyncable = (db: Db, groupId: string, placeId: string) =>
  db.row<NamedSyncable>(`${named} where s.group_id = $1 and s.place_id = $2`, [groupId, placeId])

export const saveSyncable = (db: Db, row: SyncableRow) =>
  db.run(
    `insert into syncables (group_id, place_id, kind, auto_add, scheme_admin, create_at, update_at, delete_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (group_id, place_id) do update set auto_add = excluded.auto_add,
       scheme_admin = excluded.scheme_admin, update_at = excluded.update_at, delete_at = excluded.delete_at`,
    [
      row.group_id,
      row.place_id,
      row.kind,
      row.auto_add,
      row.scheme_admin,
      row.create_at,
      row.update_at,
      row.delete_at,
    ],
  )

/**
 * The channels of a team, also archived ones, to which the group is linked and whose members groups decide.
 */
export const decidedChannels = async (db: Db, groupId: string, teamId: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select c.id::text as id from syncables s join channels c on c.id = s.place_id
       where s.group_id = $1 and s.kind = 'Channel' and s.delete_at = 0 and c.team_id = $2
         and c.group_constrained`,
      [groupId, teamId],
    )
  ).map(({ id }) => id)

/** Removes the links of a group to the channels of a team. Returns the channels. */
export const unlinkChannels = async (
  db: Db,
  groupId: string,
  teamId: string,
  now: number,
): Promise<string[]> =>
  (
    await db.rows<{ place_id: string }>(
      `update syncables s set delete_at = $3, update_at = $3 from channels c
       where s.group_id = $1 and s.kind = 'Channel' and s.delete_at = 0 and c.id = s.place_id
         and c.team_id = $2
       returning s.place_id`,
      [groupId, teamId, now],
    )
  ).map(({ place_id }) => place_id)

/** The places that groups are linked to. */
export const placesOfGroups = async (db: Db, groupIds: readonly string[]): Promise<string[]> =>
  (
    await db.rows<{ place_id: string }>(
      'select distinct place_id from syncables where group_id = any($1::text[]) and delete_at = 0',
      [groupIds],
    )
  ).map(({ place_id }) => place_id)

/** A group linked to a place; `scheme_admin` is that of the link. */
export type PlacedGroup = ListedGroup & { place_id: string; scheme_admin: boolean }

type Listing = {
  term: readonly string[]
  onlyReferenced: boolean
  sight: Sight
  limit: number | null
  offset: number
}

const linkedTo = `from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
  where s.place_id = any($1::text[]) and s.delete_at = 0
    and (coalesce(g.name, '') like any($2) or name_forms(g.display_name) like any($2))
    and (not $3 or g.allow_reference) and ${sightSql(4, 5)}`

const listingValues = (placeIds: readonly string[], { term, onlyReferenced, sight }: Listing) => [
  placeIds,
  term,
  onlyReferenced,
  sight.all,
  sight.custom,
]

export const groupsOfPlaces = (db: Db, placeIds: readonly string[], listing: Listing) =>
  db.rows<PlacedGroup>(
    `select g.*, true as has_syncables, s.place_id, s.scheme_admin ${linkedTo}
     order by lower(g.display_name) collate "C", g.id, s.place_id limit $6 offset $7`,
    [...listingValues(placeIds, listing), listing.limit, listing.offset],
  )

export const countGroupsOf = async (db: Db, placeId: string, listing: Listing): Promise<number> =>
  (await db.row<{ n: number }>(`select count(*) as n ${linkedTo}`, listingValues([placeId], listing)))?.n ?? 0

/** The channels of a team that groups are linked to. */
export const linkedChannels = async (db: Db, teamId: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select distinct c.id::text as id from syncables s join channels c on c.id = s.place_id
       where s.kind = 'Channel' and s.delete_at = 0 and c.team_id = $1 and c.delete_at = 0`,
      [teamId],
    )
  ).map(({ id }) => id)

type Scheme = { scheme_guest: boolean; scheme_user: boolean; scheme_admin: boolean }

const memberTables = {
  Team: ['team_members', 'team_id'],
  Channel: ['channel_members', 'channel_id'],
} as const
/** `offset 0`: each account is looked up, instead of reading all of them. */
const withoutGroups = (kind: Kind) => {
  const [members, place] = memberTables[kind]
  return `from ${members} m, lateral (
      select id, username from users where id = m.user_id and not is_bot and delete_at = 0 offset 0) u
    where m.${place} = $1
      and not exists (
        select from group_members x where x.user_id = m.user_id and x.group_id = any($2::text[]))`
}

/** Members whom none of these groups has, by username. */
export const listUngrouped = (
  db: Db,
  kind: Kind,
  placeId: string,
  groupIds: readonly string[],
  limit: number,
  offset: number,
) =>
  db.rows<Scheme & { id: string }>(
    `select u.id, m.scheme_guest, m.scheme_user, m.scheme_admin ${withoutGroups(kind)}
     order by u.username limit $3 offset $4`,
    [placeId, groupIds, limit, offset],
  )

export const countUngrouped = async (
  db: Db,
  kind: Kind,
  placeId: string,
  groupIds: readonly string[],
): Promise<number> =>
  (await db.row<{ n: number }>(`select count(*) as n ${withoutGroups(kind)}`, [placeId, groupIds]))?.n ?? 0

/** Those of these groups that a reader may see. */
export const seenGroups = async (db: Db, ids: readonly string[], { all, custom }: Sight): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select g.id from groups g where g.id = any($1::text[]) and ${sightSql(2, 3)}`,
      [ids, all, custom],
    )
  ).map(({ id }) => id)

/** The groups of people, by person. */
export const groupsOfPeople = (db: Db, userIds: readonly string[], { all, custom }: Sight) =>
  db.rows<ListedGroup & { user_id: string }>(
    `select g.*, false as has_syncables, m.user_id
     from group_members m join groups g on g.id = m.group_id and g.delete_at = 0
     where m.user_id = any($1::text[]) and ${sightSql(2, 3)} order by m.user_id, g.display_name, g.id`,
    [userIds, all, custom],
  )

/** Those of these people, bots left out, whom no group that is linked to the place has. */
export const outsideOf = async (db: Db, placeId: string, userIds: readonly string[]): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select u.id from users u where u.id = any($2::text[]) and not u.is_bot and not exists (
         select from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
         join group_members m on m.group_id = s.group_id and m.user_id = u.id
         where s.place_id = $1 and s.delete_at = 0)`,
      [placeId, userIds],
    )
  ).map(({ id }) => id)

/** A link in force, with what it is about. */
export type Link = Pick<SyncableRow, 'group_id' | 'place_id' | 'auto_add' | 'scheme_admin'> & {
  /** Of the group. */
  source: string
  /** Has a pass read who is in the group? */
  is_read: boolean
}

/** A place that groups are linked to, or that still owes something to them. */
export type Place = {
  id: string
  kind: Kind
  display_name: string
  name: string
  team_id: string
  group_constrained: boolean
}

/** The places of links and of placements that are not archived; all, or those named. */
export const listPlaces = (db: Db, only: readonly string[] | null) =>
  db.rows<Place>(
    `with known as (
       select place_id from syncables where delete_at = 0 and ($1::text[] is null or place_id = any($1))
       union select place_id from placements where $1::text[] is null or place_id = any($1)
     )
     select t.id::text as id, 'Team' as kind, t.display_name, t.name::text as name, t.id::text as team_id,
       coalesce(t.group_constrained, false) as group_constrained
     from known k join teams t on t.id = k.place_id and t.delete_at = 0
     union all
     select c.id::text, 'Channel', c.display_name, c.name::text, c.team_id::text,
       coalesce(c.group_constrained, false)
     from known k join channels c on c.id = k.place_id and c.delete_at = 0
     join teams t on t.id = c.team_id and t.delete_at = 0
     order by 2 desc, 1`,
    [only],
  )

export const listLinks = (db: Db, placeIds: readonly string[]) =>
  db.rows<Link>(
    `select s.group_id, s.place_id, s.auto_add, s.scheme_admin, g.source, g.read_at > 0 as is_read
     from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
     where s.place_id = any($1::text[]) and s.delete_at = 0`,
    [placeIds],
  )

export type PlaceMember = {
  place_id: string
  user_id: string
  scheme_admin: boolean
  scheme_guest: boolean
  is_bot: boolean
  is_active: boolean
}

/**
 * Who is in teams and channels: of these people, and everybody in places where groups decide. `offset 0`
 * makes PostgreSQL look up each account; otherwise it would read all of them.
 */
export const listPlaceMembers = (
  db: Db,
  teamIds: readonly string[],
  channelIds: readonly string[],
  constrainedIds: readonly string[],
  userIds: readonly string[],
) =>
  db.rows<PlaceMember>(
    `select m.place_id, m.user_id, m.scheme_admin, m.scheme_guest, u.is_bot, u.is_active from (
       select team_id as place_id, user_id, scheme_admin, scheme_guest from team_members
       where team_id = any($1::text[]) and user_id = any($4::text[])
       union select team_id, user_id, scheme_admin, scheme_guest from team_members
       where team_id = any($3::text[])
       union select channel_id, user_id, scheme_admin, scheme_guest from channel_members
       where channel_id = any($2::text[]) and user_id = any($4::text[])
       union select channel_id, user_id, scheme_admin, scheme_guest from channel_members
       where channel_id = any($3::text[])
     ) m, lateral (select is_bot, delete_at = 0 as is_active from users where id = m.user_id offset 0) u`,
    [teamIds, channelIds, constrainedIds, userIds],
  )

/** How many people are in each place. */
export const countPlaceMembers = async (db: Db, placeIds: readonly string[]): Promise<Map<string, number>> =>
  new Map(
    (
      await db.rows<{ place_id: string; n: number }>(
        `select team_id as place_id, count(*) as n from team_members
         where team_id = any($1::text[]) group by 1
         union all select channel_id, count(*) from channel_members
         where channel_id = any($1::text[]) group by 1`,
        [placeIds],
      )
    ).map(({ place_id, n }) => [place_id, n]),
  )

/** Of all people, or of these. */
export const listPlacements = (db: Db, placeIds: readonly string[], among: readonly string[] | null) =>
  db.rows<PlacementRow>(
    `select * from placements where place_id = any($1::text[]) and ($2::text[] is null or user_id = any($2))`,
    [placeIds, among],
  )

/** Which of these accounts may be added somewhere. */
export const listActive = async (db: Db, userIds: readonly string[]): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      'select id from users where id = any($1::text[]) and delete_at = 0 and not is_bot',
      [userIds],
    )
  ).map(({ id }) => id)

/** These memberships come from the directory. */
export const savePlaced = (db: Db, placeId: string, userIds: readonly string[]) =>
  db.run(
    `insert into placements (place_id, user_id, is_member, is_admin)
     select $1, t.id, true, false from unnest($2::text[]) as t (id)
     on conflict (place_id, user_id) do update set is_member = true, left_at = 0`,
    [placeId, userIds],
  )

/** The role of administrator comes from the directory, or (false) does not any more. */
export const saveAdmin = (db: Db, placeId: string, userId: string, isAdmin: boolean) =>
  db.run(
    `insert into placements (place_id, user_id, is_member, is_admin) values ($1, $2, false, $3)
     on conflict (place_id, user_id) do update set is_admin = excluded.is_admin`,
    [placeId, userId, isAdmin],
  )

/** Forgets rows that say nothing. */
export const dropEmpty = (db: Db, placeIds: readonly string[]) =>
  db.run(
    `delete from placements
     where place_id = any($1::text[]) and not is_member and not is_admin and left_at = 0`,
    [placeIds],
  )

/** These people are there by hand now, or not at all. */
export const dropPlacements = (db: Db, placeIds: readonly string[], userIds: readonly string[]) =>
  db.run('delete from placements where place_id = any($1::text[]) and user_id = any($2::text[])', [
    placeIds,
    userIds,
  ])

/** A person left, or was removed by hand; it is only kept if a group would have them there. */
export const saveLeft = (db: Db, placeId: string, userId: string, now: number) =>
  db.run(
    `insert into placements (place_id, user_id, is_member, is_admin, left_at)
     select $1::text, $2::text, false, false, $3::bigint where exists (
       select from syncables s join group_members m on m.group_id = s.group_id and m.user_id = $2::text
       where s.place_id = $1::text and s.delete_at = 0 and s.auto_add)
     on conflict (place_id, user_id) do update
     set is_member = false, is_admin = false, left_at = excluded.left_at`,
    [placeId, userId, now],
  )

/** Whoever left places comes back with the next look at them. Returns these places. */
export const forgetLeft = async (db: Db, userId: string): Promise<string[]> =>
  (
    await db.rows<{ place_id: string }>(
      'delete from placements where user_id = $1 and left_at > 0 returning place_id',
      [userId],
    )
  ).map(({ place_id }) => place_id)

/**
 * A link has ended: in places whose members groups do not decide, and in those without any link, people stay
 * as if by hand.
 */
export const releaseMembers = async (db: Db, placeIds: readonly string[]): Promise<void> => {
  await db.run(
    `update placements p set is_member = false
     where p.place_id = any($1::text[]) and p.is_member and (
       not exists (
         select from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
         where s.place_id = p.place_id and s.delete_at = 0)
       or not exists (
         select from teams t where t.id = p.place_id and t.group_constrained
         union all select from channels c where c.id = p.place_id and c.group_constrained)
       and not exists (
         select from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
         join group_members m on m.group_id = s.group_id and m.user_id = p.user_id
         where s.place_id = p.place_id and s.delete_at = 0))`,
    [placeIds],
  )
  await dropEmpty(db, placeIds)
}
