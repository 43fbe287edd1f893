import type { PostPriority, ScheduledError } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type ScheduledRow = Row<
  'scheduled_posts',
  {
    props: Record<string, unknown>
    file_ids: string[]
    priority: PostPriority | null
    error_code: ScheduledError
  }
>

const values = (row: ScheduledRow) => [
  row.id,
  row.update_at,
  row.message,
  row.type,
  row.props,
  row.file_ids,
  row.priority && JSON.stringify(row.priority),
  row.scheduled_at,
]

export const insertScheduled = (db: Db, row: ScheduledRow) =>
  db.run(
    `insert into scheduled_posts (id, update_at, message, type, props, file_ids, priority, scheduled_at, create_at, user_id, channel_id, root_id)
     values ($1, $2, $3, $4, $5, $6::text[], $7, $8, $9, $10, $11, $12)`,
    [...values(row), row.create_at, row.user_id, row.channel_id, row.root_id],
  )

/** A post that could not be sent is tried again at its new time. */
export const updateScheduled = (db: Db, row: ScheduledRow) =>
  db.run(
    `update scheduled_posts set update_at = $2, message = $3, type = $4, props = $5, file_ids = $6::text[], priority = $7,
       scheduled_at = $8, processed_at = 0, error_code = ''
     where id = $1`,
    values(row),
  )

export const deleteScheduled = (db: Db, id: string) =>
  db.run('delete from scheduled_posts where id = $1', [id])

export const lockScheduled = (db: Db, id: string) =>
  db.row<ScheduledRow>('select * from scheduled_posts where id = $1 for update', [id])

export const countScheduled = async (db: Db, userId: string) =>
  (await db.row<{ n: number }>('select count(*) as n from scheduled_posts where user_id = $1', [userId]))
    ?.n ?? 0

/**
 * A person's scheduled posts, the earliest due first, with the team of each channel; '' for conversations and
 * deleted channels.
 */
export const scheduledIn = (db: Db, userId: string, teamId: string, withConversations: boolean) =>
  db.rows<ScheduledRow & { team_id: string }>(
    `select s.*, c.team_id from scheduled_posts s join channels c on c.id = s.channel_id
     where s.user_id = $1 and (c.team_id = $2 or ($3 and c.team_id = '')) order by s.scheduled_at, s.id`,
    [userId, teamId, withConversations],
  )

/**
 * Takes a post that is due, so that nobody can change it any more. Not if it was postponed meanwhile. `now`
 * is the time of its job's clock.
 */
export const takeScheduled = (db: Db, id: string, now: number) =>
  db.row<ScheduledRow>(
    `update scheduled_posts set processed_at = $2
     where id = $1 and error_code = '' and scheduled_at <= extract(epoch from clock_timestamp()) * 1000 returning *`,
    [id, now],
  )

/**
 * Posts that are to be sent and have no job: written by a version without jobs, or the clock was set back at
 * the wrong moment.
 */
export const scheduledWithoutJob = (db: Db, queue: string, most: number) =>
  db.rows<Pick<ScheduledRow, 'id' | 'scheduled_at'>>(
    `select id, scheduled_at from scheduled_posts s where error_code = ''
       and not exists (select from queue_jobs j where j.queue = $1 and j.key = s.id and j.key <> '') limit $2`,
    [queue, most],
  )

export const failScheduled = (db: Db, id: string, code: ScheduledError, now: number) =>
  db.row<ScheduledRow>(
    'update scheduled_posts set error_code = $2, processed_at = $3, update_at = $3 where id = $1 returning *',
    [id, code, now],
  )
