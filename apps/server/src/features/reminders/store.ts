import type { Db, Row } from '../../core/db.ts'

export type ReminderRow = Row<'reminders'>

export const upsertReminder = (db: Db, { user_id, post_id, target_at }: ReminderRow) =>
  db.run(
    `insert into reminders (user_id, post_id, target_at) values ($1, $2, $3)
     on conflict (user_id, post_id) do update set target_at = excluded.target_at`,
    [user_id, post_id, target_at],
  )

export const dueReminders = (db: Db, now: number, most: number) =>
  db.rows<ReminderRow>('select * from reminders where target_at <= $1 order by target_at limit $2', [
    now,
    most,
  ])

/** Takes a reminder that is due, unless somebody else took it or it was put off meanwhile. */
export const takeReminder = async (db: Db, { user_id, post_id, target_at }: ReminderRow): Promise<boolean> =>
  (await db.run('delete from reminders where user_id = $1 and post_id = $2 and target_at = $3', [
    user_id,
    post_id,
    target_at,
  ])) === 1

export const postponeReminder = (db: Db, { user_id, post_id }: ReminderRow, to: number) =>
  db.run('update reminders set target_at = $3 where user_id = $1 and post_id = $2', [user_id, post_id, to])

export const eraseReminders = (db: Db, postIds: readonly string[]) =>
  db.run('delete from reminders where post_id = any($1::text[])', [postIds])
