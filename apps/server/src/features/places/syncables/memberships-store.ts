/** Where people are, by the tables of memberships, `syncables` and `placements`. */
import type { Db } from '../../../core/db.ts'
import type { ListedGroup } from '../groups/index.ts'
import type { Kind } from './store.ts'

/** A team or a channel that a person is in, or has left. */
export type PlacedMembership = {
  place_id: string
  kind: Kind
  /** Of a channel. */
  name: string
  display_name: string
  group_constrained: boolean
  team_id: string
  team_display_name: string
  is_team_open: boolean
  is_member: boolean
  scheme_admin: boolean
  /** Did the directory make them a member, or an administrator? */
  is_placed: boolean
  is_placed_admin: boolean
  left_at: number
  total: number
}

/** Those of one person in places that are not archived: by team, each before its channels. */
export const listMembershipsOf = (db: Db, userId: string, limit: number, offset: number) =>
  db.rows<PlacedMembership>(
    `with mine as (
       select team_id::text as place_id, scheme_admin, true as is_member from team_members where user_id = $1
       union all select channel_id::text, scheme_admin, true from channel_members where user_id = $1
       union all select p.place_id::text, false, false from placements p where p.user_id = $1 and p.left_at > 0
         and not exists (select from team_members m where m.team_id = p.place_id and m.user_id = $1)
         and not exists (select from channel_members m where m.channel_id = p.place_id and m.user_id = $1)
     )
     select mine.place_id, case when c.id is null then 'Team' else 'Channel' end as kind,
       coalesce(c.name::text, '') as name,
       coalesce(c.display_name, t.display_name) as display_name,
       coalesce(case when c.id is null then t.group_constrained else c.group_constrained end, false)
         as group_constrained,
       t.id::text as team_id, t.display_name as team_display_name, t.allow_open_invite as is_team_open,
       mine.is_member, mine.scheme_admin, coalesce(p.is_member, false) as is_placed,
       coalesce(p.is_admin, false) as is_placed_admin, coalesce(p.left_at, 0) as left_at, count(*) over () as total
     from mine left join channels c on c.id = mine.place_id
     join teams t on t.id = coalesce(c.team_id, mine.place_id)
     left join placements p on p.place_id = mine.place_id and p.user_id = $1
     where t.delete_at = 0 and coalesce(c.delete_at, 0) = 0
     order by lower(t.display_name) collate "C", t.id, c.id is not null,
       lower(coalesce(c.display_name, '')) collate "C", mine.place_id
     limit $2 offset $3`,
    [userId, limit, offset],
  )

/** A group of the person that is linked to one of these places. */
export type LinkedGroup = Pick<ListedGroup, 'id' | 'display_name' | 'allow_reference' | 'source'> & {
  place_id: string
  auto_add: boolean
  scheme_admin: boolean
}

export const listLinkedGroupsOf = (db: Db, userId: string, placeIds: readonly string[]) =>
  db.rows<LinkedGroup>(
    `select g.id, g.display_name, g.allow_reference, g.source, s.place_id, s.auto_add, s.scheme_admin
     from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
     join group_members m on m.group_id = g.id and m.user_id = $1
     where s.place_id = any($2::text[]) and s.delete_at = 0
     order by lower(g.display_name) collate "C", g.id`,
    [userId, placeIds],
  )

const memberTables = {
  Team: ['team_members', 'team_id'],
  Channel: ['channel_members', 'channel_id'],
} as const

/** Active people of a group who are not there; without those who have left and are not added again. */
export const listJoining = async (
  db: Db,
  groupId: string,
  kind: Kind,
  placeId: string,
  readds: boolean,
): Promise<string[]> => {
  const [members, place] = memberTables[kind]
  return (
    await db.rows<{ id: string }>(
      `select u.id from group_members g, lateral (
         select id from users where id = g.user_id and delete_at = 0 and not is_bot offset 0) u
       where g.group_id = $1
         and not exists (select from ${members} m where m.${place} = $2 and m.user_id = g.user_id)
         and ($3 or not exists (
           select from placements p where p.place_id = $2 and p.user_id = g.user_id and p.left_at > 0))`,
      [groupId, placeId, readds],
    )
  ).map(({ id }) => id)
}
