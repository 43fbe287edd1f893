import type { Db } from './db.ts'

/** Before version 0.1, a library kept the jobs in a separate schema. */
export const hasEarlierJobs = async (db: Db): Promise<boolean> =>
  (await db.row<{ is_there: boolean }>(`select to_regclass('jobs.job') is not null as is_there`))
    ?.is_there === true

export type EarlierJob = { name: string; data: unknown; delay_ms: number }

/**
 * Takes all unfinished jobs, including those that ran when their server ended. Not prepared, because the
 * table may not exist.
 */
export const takeEarlierJobs = (db: Db): Promise<EarlierJob[]> =>
  db.unprepared(
    `delete from jobs.job where name in ('facts', 'mails') and state in ('created', 'retry', 'active')
     returning name, data, greatest(0, extract(epoch from start_after - now()) * 1000)::float8 as delay_ms`,
  ) as Promise<EarlierJob[]>
