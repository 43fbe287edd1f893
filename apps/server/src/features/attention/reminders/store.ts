import type { Db, Row } from '../../../core/db.ts'

export type ReminderRow = Row<'reminders'>

export const upsertReminder = (db: Db, { user_id, post_id, target_at }: ReminderRow) =>
  db.run(
    `insert into reminders (user_id, post_id, target_at) values ($1, $2, $3)
     on conflict (user_id, post_id) do update set target_at = excluded.target_at`,
    [user_id, post_id, target_at],
  )

/**
 * Takes a reminder that is due, unless another run took it or it was postponed meanwhile. `now` is the time
 * of its job's clock.
 */
export const takeReminder = async (
  db: Db,
  { user_id, post_id }: Pick<ReminderRow, 'user_id' | 'post_id'>,
): Promise<boolean> =>
  (await db.run(
    `delete from reminders
     where user_id = $1 and post_id = $2 and target_at <= extract(epoch from clock_timestamp()) * 1000`,
    [user_id, post_id],
  )) === 1

/**
 * Reminders without a job: written by a version without jobs, or the clock was set back at the wrong moment.
 */
export const remindersWithoutJob = (db: Db, queue: string, most: number) =>
  db.rows<ReminderRow>(
    `select r.* from reminders r where not exists (
       select from queue_jobs j where j.queue = $1 and j.key = r.user_id || ' ' || r.post_id and j.key <> ''
     ) limit $2`,
    [queue, most],
  )

export const eraseReminders = (db: Db, postIds: readonly string[]) =>
  db.rows<ReminderRow>('delete from reminders where post_id = any($1::text[]) returning *', [postIds])
