import type { StatusName } from '@plausch/wire'
import type { Db, Row } from '../../core/db.ts'

/** `dnd_end_at` in milliseconds; 0 without end. `earlier` is what it goes back to then, if that was set by hand. */
export type StatusRow = Row<'statuses', { status: StatusName; earlier: StatusName | '' }>

export const findStatuses = (db: Db, userIds: readonly string[]) =>
  db.rows<StatusRow>('select * from statuses where user_id = any($1::text[])', [userIds])

export const saveStatus = (db: Db, row: StatusRow) =>
  db.run(
    `insert into statuses (user_id, status, manual, last_activity_at, dnd_end_at, earlier) values ($1, $2, $3, $4, $5, $6)
     on conflict (user_id) do update set status = excluded.status, manual = excluded.manual, earlier = excluded.earlier,
       last_activity_at = case when excluded.last_activity_at = 0 then 0
         else greatest(statuses.last_activity_at, excluded.last_activity_at) end,
       dnd_end_at = excluded.dnd_end_at`,
    [row.user_id, row.status, row.manual, row.last_activity_at, row.dnd_end_at, row.earlier],
  )

/** Whose "do not disturb" is over. */
export const findEndedDnd = (db: Db, now: number) =>
  db.rows<StatusRow>(`select * from statuses where status = 'dnd' and dnd_end_at > 0 and dnd_end_at <= $1`, [
    now,
  ])

/** After a start nobody is connected yet: what the last run left as online or away by itself is not true any more. */
export const allOffline = (db: Db) =>
  db.run(`update statuses set status = 'offline' where status in ('online', 'away') and not manual`)

/** Drops when people were last active: of one, or of all. */
export const forgetActivity = (db: Db, userId = '') =>
  db.run(
    `update statuses set last_activity_at = 0 where last_activity_at > 0 and ($1 = '' or user_id = $1)`,
    [userId],
  )

/** Everybody's custom status, as JSON that clients have written. */
export const findCustomStatuses = (db: Db) =>
  db.rows<{ id: string; status: string }>(
    `select id, props ->> 'customStatus' as status from users where (props ->> 'customStatus') <> ''`,
  )
