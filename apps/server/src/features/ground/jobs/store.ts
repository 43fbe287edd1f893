/** The table `jobs`. */
import type { JobStatus } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type JobRow = Row<'jobs', { data: Record<string, string>; status: JobStatus }>

export const insertJob = (db: Db, job: JobRow) =>
  db.run(
    `insert into jobs (id, type, priority, create_at, last_activity_at, status, data) values ($1, $2, $3, $4, $4, $5, $6)`,
    [job.id, job.type, job.priority, job.create_at, job.status, job.data],
  )

export const findJob = (db: Db, id: string) => db.row<JobRow>('select * from jobs where id = $1', [id])

/** The newest first. */
export const listJobs = (db: Db, types: readonly string[], status: string, limit: number, offset: number) =>
  db.rows<JobRow>(
    `select * from jobs where type = any($1::text[]) and ($2 = '' or status = $2)
     order by create_at desc, id desc limit $3 offset $4`,
    [types, status, limit, offset],
  )

/** The newest job of a type, in one of these states if some are given. */
export const latestJob = (db: Db, type: string, statuses: readonly JobStatus[] = []) =>
  db.row<JobRow>(
    `select * from jobs where type = $1 and (cardinality($2::text[]) = 0 or status = any($2::text[]))
     order by create_at desc, id desc limit 1`,
    [type, statuses],
  )

/** Moves a job to a status if it is in one of these; returns whether it was. */
export const moveJob = async (
  db: Db,
  id: string,
  from: readonly JobStatus[],
  to: JobStatus,
  now: number,
): Promise<boolean> =>
  (await db.run(
    `update jobs set status = $3, last_activity_at = $4, start_at = case when $3 = 'in_progress' then $4 else start_at end
     where id = $1 and status = any($2::text[])`,
    [id, from, to, now],
  )) === 1

export const saveProgress = (
  db: Db,
  id: string,
  progress: number,
  data: Record<string, string>,
  now: number,
) =>
  db.run('update jobs set progress = $2, data = data || $3, last_activity_at = $4 where id = $1', [
    id,
    progress,
    data,
    now,
  ])

export const deleteOldJobs = (db: Db, before: number) =>
  db.run(`delete from jobs where create_at < $1 and status in ('success', 'warning', 'error', 'canceled')`, [
    before,
  ])
