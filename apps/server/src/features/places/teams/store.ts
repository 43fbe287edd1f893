import { type Db, literal, type Row } from '../../../core/db.ts'
import { nameForms } from '../../../core/folding.ts'

export type TeamRow = Row<'teams', { type: 'O' | 'I' }>

export type TeamMemberRow = Row<'team_members'>

export const insertTeam = (db: Db, team: TeamRow) =>
  db.run(
    `insert into teams (id, create_at, update_at, name, display_name, description, email, type, company_name, allowed_domains,
       invite_id, allow_open_invite)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      team.id,
      team.create_at,
      team.name,
      team.display_name,
      team.description,
      team.email,
      team.type,
      team.company_name,
      team.allowed_domains,
      team.invite_id,
      team.allow_open_invite,
    ],
  )

export const updateTeam = (db: Db, team: TeamRow) =>
  db.run(
    `update teams set update_at = $2, delete_at = $3, display_name = $4, description = $5, company_name = $6, allowed_domains = $7,
       invite_id = $8, allow_open_invite = $9, type = $10, last_team_icon_update = $11, group_constrained = $12
     where id = $1`,
    [
      team.id,
      team.update_at,
      team.delete_at,
      team.display_name,
      team.description,
      team.company_name,
      team.allowed_domains,
      team.invite_id,
      team.allow_open_invite,
      team.type,
      team.last_team_icon_update,
      team.group_constrained,
    ],
  )

export const findTeam = (db: Db, id: string) => db.row<TeamRow>('select * from teams where id = $1', [id])

/** A team with a person's membership in it, or null. */
export type TeamOf = TeamRow & { member: TeamMemberRow | null }

/** Reads both in one query, because almost every check of a team needs both. */
export const findTeamOf = (db: Db, id: string, userId: string) =>
  db.row<TeamOf>(
    `select t.*, row_to_json(m) as member from teams t
     left join team_members m on m.team_id = t.id and m.user_id = $2 where t.id = $1`,
    [id, userId],
  )

/** The row, locked: changes to one team happen one after the other. */
export const lockTeam = (db: Db, id: string) =>
  db.row<TeamRow>('select * from teams where id = $1 for update', [id])

export const findTeamByName = (db: Db, name: string) =>
  db.row<TeamRow>('select * from teams where name = $1', [name])

export const findTeamByInvite = (db: Db, inviteId: string) =>
  db.row<TeamRow>('select * from teams where invite_id = $1 and delete_at = 0', [inviteId])

/** Which teams: all, or those of the user and, if `open`, those that anyone may join. */
type Whose = { userId: string; all: boolean; open: boolean }

const listed = `teams t where $2 or (delete_at = 0 and (($3 and allow_open_invite)
  or exists (select from team_members m where m.team_id = t.id and m.user_id = $1)))`

/** Teams by display name. */
export const listTeams = (db: Db, { userId, all, open }: Whose, limit: number, offset: number) =>
  db.rows<TeamRow>(`select * from ${listed} order by display_name collate "C", id limit $4 offset $5`, [
    userId,
    all,
    open,
    limit,
    offset,
  ])

export const countListed = async (db: Db, { userId, all, open }: Whose) =>
  (await db.row<{ n: number }>(`select count(*) as n from ${listed}`, [userId, all, open]))?.n ?? 0

/** Searches such a list by a part of the names; also returns the total. */
export const searchTeams = async (
  db: Db,
  { userId, all, open }: Whose,
  { term, allow_open_invite }: { term: string; allow_open_invite?: boolean | undefined },
  limit: number,
  offset: number,
): Promise<{ rows: TeamRow[]; total: number }> => {
  const found = `from (select * from ${listed}) t where (name_forms(display_name) like any($4) or name like any($4))
    and ($5::boolean is null or allow_open_invite = $5)`
  const like = nameForms(term).map((form) => `%${literal(form)}%`)
  const values = [userId, all, open, like, allow_open_invite ?? null]
  const rows = await db.rows<TeamRow>(
    `select t.* ${found} order by display_name collate "C", id limit $6 offset $7`,
    [...values, limit, offset],
  )
  const count = await db.row<{ n: number }>(`select count(*) as n ${found}`, values)
  return { rows, total: count?.n ?? 0 }
}

/** The teams of a person that are not archived, each with their membership. */
export const teamsOfUser = (db: Db, userId: string) =>
  db.rows<TeamRow & { member: TeamMemberRow }>(
    `select t.*, row_to_json(m) as member from teams t join team_members m on m.team_id = t.id
     where m.user_id = $1 and t.delete_at = 0 order by t.display_name collate "C", t.id`,
    [userId],
  )

/** The memberships of several people, in the order of the ids; non-members are left out. */
export const findMembers = (db: Db, teamId: string, userIds: readonly string[]) =>
  db.rows<TeamMemberRow>(
    `select * from team_members where team_id = $1 and user_id = any($2::text[])
     order by array_position($2::text[], user_id::text)`,
    [teamId, userIds],
  )

export const findMember = (db: Db, teamId: string, userId: string) =>
  db.row<TeamMemberRow>('select * from team_members where team_id = $1 and user_id = $2', [teamId, userId])

export const membershipsOfUsers = (db: Db, userIds: readonly string[]) =>
  db.rows<TeamMemberRow>(
    `select m.* from team_members m join teams t on t.id = m.team_id where m.user_id = any($1::text[]) and t.delete_at = 0`,
    [userIds],
  )

export const membershipsOfUser = (db: Db, userId: string) => membershipsOfUsers(db, [userId])

/** `metBy`: only members who share a channel with this person; '' for all. */
export const listMembers = (
  db: Db,
  teamId: string,
  limit: number,
  offset: number,
  onlyActive: boolean,
  metBy: string,
) =>
  db.rows<TeamMemberRow>(
    `select m.* from team_members m join users u on u.id = m.user_id
     where m.team_id = $1 and (not $4 or u.delete_at = 0)
       and ($5 = '' or u.id = $5 or exists (select from channel_members mine join channel_members theirs using (channel_id)
         where mine.user_id = $5 and theirs.user_id = u.id))
     order by u.username limit $2 offset $3`,
    [teamId, limit, offset, onlyActive, metBy],
  )

/**
 * Adds people, guests as guests. Existing members keep their row and are not returned. `before` is the number
 * of members before, counted only as far as a limit of `max` needs it.
 */
export const insertMembers = async (
  db: Db,
  teamId: string,
  userIds: readonly string[],
  isAdmin: boolean,
  now: number,
  max: number,
): Promise<{ added: TeamMemberRow[]; before: number }> => {
  const rows = await db.rows<TeamMemberRow & { before: number }>(
    `with added as (
       insert into team_members (team_id, user_id, scheme_user, scheme_guest, scheme_admin, create_at)
       select $1, id, not is_guest, is_guest, $3 and not is_guest, $4
       from (select u.id, 'system_guest' = any(string_to_array(u.roles, ' ')) as is_guest from users u where u.id = any($2::text[])) p
       on conflict do nothing returning *
     )
     select added.*, (
       select count(*) from (select from team_members where team_id = $1 order by user_id limit $5::bigint + 1) m
     ) as before from added`,
    [teamId, userIds, isAdmin, now, max],
  )
  return { added: rows.map(({ before: _, ...row }) => row), before: rows[0]?.before ?? 0 }
}

export const updateMemberRoles = (db: Db, member: TeamMemberRow) =>
  db.run(
    'update team_members set explicit_roles = $3, scheme_user = $4, scheme_admin = $5, scheme_guest = $6 where team_id = $1 and user_id = $2',
    [
      member.team_id,
      member.user_id,
      member.explicit_roles,
      member.scheme_user,
      member.scheme_admin,
      member.scheme_guest,
    ],
  )

/** Turns all memberships of a person into those of a guest, or of a member. */
export const updateGuest = (db: Db, userId: string, isGuest: boolean) =>
  db.rows<TeamMemberRow>(
    `update team_members set scheme_guest = $2, scheme_user = not $2, scheme_admin = scheme_admin and not $2
     where user_id = $1 returning *`,
    [userId, isGuest],
  )

export const deleteMember = (db: Db, teamId: string, userId: string) =>
  db.run('delete from team_members where team_id = $1 and user_id = $2', [teamId, userId])

/**
 * The number of members, and of those whose accounts are active. `offset 0` makes PostgreSQL look up each
 * account; otherwise it would also read accounts of all other teams.
 */
export const countMembers = async (db: Db, teamId: string) =>
  (await db.row<{ total: number; active: number }>(
    `select count(*) as total, count(*) filter (where u.delete_at = 0) as active
     from team_members m, lateral (select delete_at from users where id = m.user_id offset 0) u where m.team_id = $1`,
    [teamId],
  )) ?? { total: 0, active: 0 }

export const countTeams = async (db: Db) =>
  (await db.row<{ n: number }>('select count(*) as n from teams'))?.n ?? 0

/**
 * Active people, except guests and bots, who are not in a team, in the order of their ids, starting after
 * `afterId`.
 */
export const findOutsiders = (db: Db, teamId: string, afterId: string, limit: number) =>
  db.rows<{ id: string }>(
    `select u.id from users u where u.delete_at = 0 and not u.is_bot and not 'system_guest' = any(string_to_array(u.roles, ' '))
       and not exists (select from team_members m where m.team_id = $1 and m.user_id = u.id)
       and u.id > $2 order by u.id limit $3`,
    [teamId, afterId, limit],
  )
