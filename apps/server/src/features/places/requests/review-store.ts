/** The table `team_reviews`, and who owns teams. */
import type { Db, Row } from '../../../core/db.ts'

export type ReviewRow = Row<'team_reviews'>
type Named = { name: string; display_name: string }

/** One administrator of team `t` who can act, found by the index of administrators. */
const activeOwner = `select m.user_id from team_members m join users u on u.id = m.user_id
  where m.team_id = t.id and m.scheme_admin and u.delete_at = 0 and not u.is_bot limit 1`

/**
 * Teams that came by a request, and whose owners were last asked, or got the team, before a time. A question
 * that waits is not asked again.
 */
export const dueTeams = (db: Db, before: number, limit: number) =>
  db.rows<{ id: string } & Named>(
    `select t.id, t.name, t.display_name from team_requests q join teams t on t.id = q.team_id
     left join team_reviews v on v.team_id = t.id
     where q.team_id <> '' and t.delete_at = 0 and t.create_at <= $1
       and (v.team_id is null or (v.answered_at > 0 and v.answered_at <= $1))
     order by t.id limit $2`,
    [before, limit],
  )

/** Asks; false if somebody has asked meanwhile. */
export const askReview = async (db: Db, teamId: string, at: number): Promise<boolean> =>
  (await db.run(
    `insert into team_reviews (team_id, asked_at) values ($1, $2)
     on conflict (team_id) do update
     set asked_at = excluded.asked_at, answered_at = 0, answered_by = '', is_needed = true
     where team_reviews.answered_at > 0`,
    [teamId, at],
  )) === 1

export const lockReview = (db: Db, teamId: string) =>
  db.row<ReviewRow>('select * from team_reviews where team_id = $1 and answered_at = 0 for update', [teamId])

export const saveAnswer = (db: Db, row: ReviewRow) =>
  db.run('update team_reviews set answered_at = $2, answered_by = $3, is_needed = $4 where team_id = $1', [
    row.team_id,
    row.answered_at,
    row.answered_by,
    row.is_needed,
  ])

/** Active owners of a team. */
export const ownersOf = async (db: Db, teamId: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select u.id from team_members m join users u on u.id = m.user_id
       where m.team_id = $1 and m.scheme_admin and u.delete_at = 0 and not u.is_bot`,
      [teamId],
    )
  ).map(({ id }) => id)

/** Questions that wait: of the teams that a person owns, or all of them. */
export const listWaiting = (db: Db, userId: string, all: boolean, limit: number, offset: number) =>
  db.rows<{ team_id: string; asked_at: number } & Named>(
    `select v.team_id, t.name, t.display_name, v.asked_at from team_reviews v join teams t on t.id = v.team_id
     where v.answered_at = 0 and t.delete_at = 0 and ($2 or exists (
       select from team_members m where m.team_id = t.id and m.user_id = $1 and m.scheme_admin))
     order by v.asked_at, v.team_id limit $3 offset $4`,
    [userId, all, limit, offset],
  )

export type OrphanRow = { id: string; member_count: number; suggested_ids: string[] } & Named

/** Teams without an active owner, other than the one that everybody is in. */
export const listOrphans = (db: Db, primary: string, limit: number, offset: number) =>
  db.rows<OrphanRow>(
    `select t.id, t.name, t.display_name,
       (select count(*) from team_members m where m.team_id = t.id)::int as member_count,
       coalesce((select array_agg(distinct u.id::text) from team_requests q
         join users u on u.id in (q.endorser_id, q.requester_id) and u.delete_at = 0
           and not u.is_bot and not 'system_guest' = any(string_to_array(u.roles, ' '))
         where q.team_id = t.id), '{}') as suggested_ids
     from teams t left join lateral (${activeOwner}) o on true
     where t.delete_at = 0 and t.name <> $1 and o.user_id is null
     order by t.display_name collate "C", t.id limit $2 offset $3`,
    [primary, limit, offset],
  )
