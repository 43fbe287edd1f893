import type { StatusName } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

/**
 * `dnd_end_at` is in milliseconds; 0 means no end. `earlier` is the status to restore then, if it was set by
 * hand.
 */
export type StatusRow = Row<'statuses', { status: StatusName; earlier: StatusName | '' }>

export const findStatuses = (db: Db, userIds: readonly string[]) =>
  db.rows<StatusRow>('select * from statuses where user_id = any($1::text[])', [userIds])

/**
 * Saves statuses, at most one per person. In order, so that two servers that save several wait for each other
 * instead of deadlocking.
 */
export const saveStatuses = (db: Db, rows: readonly StatusRow[]) =>
  db.run(
    `insert into statuses (user_id, status, manual, last_activity_at, dnd_end_at, earlier)
     select * from unnest($1::text[], $2::text[], $3::boolean[], $4::bigint[], $5::bigint[], $6::text[]) as t (user_id) order by t.user_id
     on conflict (user_id) do update set status = excluded.status, manual = excluded.manual, earlier = excluded.earlier,
       last_activity_at = excluded.last_activity_at, dnd_end_at = excluded.dnd_end_at`,
    [
      rows.map(({ user_id }) => user_id),
      rows.map(({ status }) => status),
      rows.map(({ manual }) => manual),
      rows.map(({ last_activity_at }) => last_activity_at),
      rows.map(({ dnd_end_at }) => dnd_end_at),
      rows.map(({ earlier }) => earlier),
    ],
  )

/** The people whose "do not disturb" has ended. */
export const findEndedDnd = (db: Db, now: number) =>
  db.rows<StatusRow>(`select * from statuses where status = 'dnd' and dnd_end_at > 0 and dnd_end_at <= $1`, [
    now,
  ])

/**
 * At the start nobody is connected yet, so automatic statuses of the last run (online, away) are no longer
 * true.
 */
export const allOffline = (db: Db) =>
  db.run(`update statuses set status = 'offline' where status in ('online', 'away') and not manual`)

/** Deletes the times of last activity: of one person, or of all. */
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
