/** The table `guest_stays`. */
import type { Db, Row } from '../../../core/db.ts'

export type StayRow = Row<'guest_stays'>

/** The stay of a guest, known or not: a guest without a row has no end. Undefined if this is no guest. */
const staysSql = `select u.id as user_id, coalesce(s.inviter_id, '') as inviter_id,
    coalesce(s.end_at, 0) as end_at, coalesce(s.told_at, 0) as told_at
  from users u left join guest_stays s on s.user_id = u.id
  where 'system_guest' = any(string_to_array(u.roles, ' '))`

export const findStays = (db: Db, ids: readonly string[]) =>
  db.rows<StayRow>(`${staysSql} and u.id = any($1::text[])`, [ids])

export const saveStay = (db: Db, row: StayRow) =>
  db.run(
    `insert into guest_stays (user_id, inviter_id, end_at, told_at) values ($1, $2, $3, $4)
     on conflict (user_id) do update
     set inviter_id = excluded.inviter_id, end_at = excluded.end_at, told_at = excluded.told_at`,
    [row.user_id, row.inviter_id, row.end_at, row.told_at],
  )

export const deleteStay = (db: Db, userId: string) =>
  db.run('delete from guest_stays where user_id = $1', [userId])

/** An end that is over goes when the account is active again. */
export const clearPastEnd = (db: Db, userId: string, now: number) =>
  db.run('update guest_stays set end_at = 0, told_at = 0 where user_id = $1 and end_at <= $2', [userId, now])

/** Active guests whose stay is over. */
export const listOver = (db: Db, now: number, limit: number) =>
  db.rows<{ user_id: string }>(
    `select s.user_id from guest_stays s join users u on u.id = s.user_id
     where s.end_at > 0 and s.end_at <= $1 and u.delete_at = 0 order by s.end_at limit $2`,
    [now, limit],
  )

/** Active guests whose stay ends before a time, and whose inviter does not know it yet. */
export const listEnding = (db: Db, now: number, before: number, limit: number) =>
  db.rows<StayRow>(
    `select s.* from guest_stays s join users u on u.id = s.user_id
     where s.end_at > $1 and s.end_at <= $2 and s.told_at = 0 and u.delete_at = 0
     order by s.end_at limit $3 for update of s skip locked`,
    [now, before, limit],
  )
