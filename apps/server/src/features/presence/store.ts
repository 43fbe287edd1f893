import type { StatusName } from '@plausch/wire'
import type { Db, Row } from '../../core/db.ts'

/** `dnd_end_at` in milliseconds; 0 without end. */
export type StatusRow = Row<'statuses', { status: StatusName }>

export const findStatuses = (db: Db, userIds: readonly string[]) =>
  db.rows<StatusRow>('select * from statuses where user_id = any($1::text[])', [userIds])

export const saveStatus = (db: Db, row: StatusRow) =>
  db.run(
    `insert into statuses (user_id, status, manual, last_activity_at, dnd_end_at) values ($1, $2, $3, $4, $5)
     on conflict (user_id) do update set status = excluded.status, manual = excluded.manual,
       last_activity_at = greatest(statuses.last_activity_at, excluded.last_activity_at), dnd_end_at = excluded.dnd_end_at`,
    [row.user_id, row.status, row.manual, row.last_activity_at, row.dnd_end_at],
  )

/** Whose "do not disturb" is over. */
export const findEndedDnd = (db: Db, now: number) =>
  db.rows<StatusRow>(`select * from statuses where status = 'dnd' and dnd_end_at > 0 and dnd_end_at <= $1`, [
    now,
  ])

/** After a start nobody is connected yet: what the last run left as online or away by itself is not true any more. */
export const allOffline = (db: Db) =>
  db.run(`update statuses set status = 'offline' where status in ('online', 'away') and not manual`)
