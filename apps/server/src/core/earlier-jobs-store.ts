import type { Db } from './db.ts'

/** Until version 0.1 jobs were kept by a library, in a schema of its own. */
export const hasEarlierJobs = async (db: Db): Promise<boolean> =>
  (await db.row<{ is_there: boolean }>(`select to_regclass('jobs.job') is not null as is_there`))
    ?.is_there === true

export type EarlierJob = { name: string; data: unknown; delay_ms: number }

/**
 * Takes what is not done, also what a server was at when it ended. Not prepared: the table may not be there.
 */
export const takeEarlierJobs = (db: Db): Promise<EarlierJob[]> =>
  db.unprepared(
    `delete from jobs.job where name in ('facts', 'mails') and state in ('created', 'retry', 'active')
     returning name, data, greatest(0, extract(epoch from start_after - now()) * 1000)::float8 as delay_ms`,
  ) as Promise<EarlierJob[]>
