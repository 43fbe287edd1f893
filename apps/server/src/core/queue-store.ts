/**
 * The table of jobs. All times are those of the database's clock, so that servers with different clocks
 * agree. Statements that read the queue in order use `pool.jobs`.
 *
 * A job that is due at once has no time (`run_at` 0) and its number gives its place: a clock that is set back
 * cannot delay it. Jobs whose time has come go first. There are few of them, so the others do not wait long.
 */
import type { Db } from './db.ts'

/** A job to be stored. */
export type NewJob<P = unknown> = {
  payload: P
  /** Unique in the queue among jobs that wait or run. */
  key?: string
  /** Jobs of one lane never run at the same time on one server, if `batch` is 1. */
  lane?: string
  /** When it is due, in milliseconds since the epoch; 0 is at once. */
  runAt?: number
  /** It is due after this time, by the database's clock. */
  delayMs?: number
}

/**
 * What happens if the key is taken. `move` replaces the old job, including its time. `keep` drops the new
 * job. `sooner` keeps the old job with the earlier time of the two.
 */
export type Taken = 'move' | 'keep' | 'sooner'

/** Milliseconds since the epoch. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'

/**
 * A common table expression for a feature's statement that stores jobs beside its own rows. `select` yields a
 * queue's name and a payload (jsonb) per job. The caller wakes the queues after the commit.
 *
 *     `written as (insert into … returning id), ${addJobsSql('told', `
 *        select q, jsonb_agg(id) from unnest($3::text[]) as q, written group by q`)} select …`
 */
export const addJobsSql = (name: string, select: string): string =>
  `${name} as (insert into queue_jobs (queue, payload) ${select})`

const insertSql = (onConflict: string) => `
  insert into queue_jobs as j (queue, key, lane, payload, run_at)
  select queue, key, lane, payload, case when delay is null then run_at else now + delay end
  from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::bigint[], $6::bigint[]) with ordinality
    as t (queue, key, lane, payload, run_at, delay, n), (select ${NOW} as now) c
  order by n
  on conflict (queue, key) where key <> '' do ${onConflict}`

/** The job gets a new number, so a worker that runs the old one does not finish the new one. */
const moving = insertSql(`update set id = excluded.id, lane = excluded.lane, payload = excluded.payload,
    run_at = excluded.run_at, added_at = excluded.added_at, tries = 0, leased_until = 0`)
const onTaken: Record<Taken, string> = {
  move: moving,
  keep: insertSql('nothing'),
  sooner: insertSql('update set run_at = least(j.run_at, excluded.run_at)'),
}

/** Stores jobs, and returns how many. The caller wakes the queue after the commit. */
export const insertJobs = (
  db: Db,
  jobs: readonly (NewJob & { queue: string })[],
  taken: Taken = 'move',
): Promise<number> =>
  db.run(onTaken[taken], [
    jobs.map(({ queue }) => queue),
    jobs.map(({ key = '' }) => key),
    jobs.map(({ lane = '' }) => lane),
    jobs.map(({ payload }) => JSON.stringify(payload)),
    jobs.map(({ runAt = 0 }) => runAt),
    jobs.map(({ delayMs }) => (delayMs === undefined || delayMs <= 0 ? null : Math.ceil(delayMs))),
  ])

export const deleteJobs = (db: Db, queue: string, keys: readonly string[]) =>
  db.run(`delete from queue_jobs where queue = $1 and key = any($2::text[]) and key <> ''`, [queue, keys])

export type Claimed = { id: number; key: string; lane: string; payload: unknown; tries: number }

/** No queue has a longer lease. */
export const LONGEST_LEASE_MS = 60_000

/** A lease that ends later than any new lease could was given before the clock was set back. */
const isLeased = (now: string) =>
  `(leased_until > ${now} and leased_until <= ${now} + ${2 * LONGEST_LEASE_MS})`

/**
 * Each part reads the index of due jobs in order, and stops when it has enough. The ids are passed on as an
 * array: PostgreSQL assumes that a list of unknown length is long, and would read the whole table.
 */
const claimSql = `
  with c as materialized (select ${NOW} as now), timed as materialized (
    select id from queue_jobs
    where queue = $1 and run_at > 0 and run_at <= (select now from c) and not ${isLeased('(select now from c)')}
      and lane <> all ($4::text[])
    order by queue, run_at, id limit $2 for update skip locked
  ), plain as materialized (
    select id from queue_jobs
    where queue = $1 and run_at = 0 and not ${isLeased('(select now from c)')} and lane <> all ($4::text[])
    order by queue, run_at, id limit $2 - (select count(*) from timed) for update skip locked
  )
  update queue_jobs set tries = tries + 1, leased_until = (select now from c) + $3::bigint
  where id = any (array(select id from timed union all select id from plain))
  returning id, key, lane, payload, tries, run_at`

/** Claims due jobs in order; others that claim at the same time get other jobs. */
export const claimJobs = async (
  db: Db,
  { name, batch, leaseMs }: { name: string; batch: number; leaseMs: number },
  busyLanes: readonly string[],
): Promise<Claimed[]> => {
  const rows = await db.rows<Claimed & { run_at: number }>(claimSql, [name, batch, leaseMs, busyLanes])
  const isTimed = ({ run_at }: { run_at: number }) => Number(run_at > 0)
  return rows.sort((a, b) => isTimed(b) - isTimed(a) || a.run_at - b.run_at || a.id - b.id)
}

/** A delivery: a worker that has lost the job to another delivery changes nothing. */
type Delivered = Pick<Claimed, 'id' | 'tries'>

const columns = (jobs: readonly Delivered[]) => [jobs.map(({ id }) => id), jobs.map(({ tries }) => tries)]
const DELIVERED = 'unnest($1::bigint[], $2::int[]) as d (id, tries)'

export const extendLeases = (db: Db, jobs: readonly Delivered[], leaseMs: number) =>
  db.run(
    `update queue_jobs j set leased_until = ${NOW} + $3 from ${DELIVERED} where j.id = d.id and j.tries = d.tries`,
    [...columns(jobs), leaseMs],
  )

export const finishJobs = (db: Db, jobs: readonly Delivered[]) =>
  db.run(`delete from queue_jobs j using ${DELIVERED} where j.id = d.id and j.tries = d.tries`, columns(jobs))

/**
 * Makes jobs due again after a time in milliseconds each; 0 is at once. A delivery with `isTry: false` does
 * not count as a try.
 */
export const postponeJobs = (db: Db, jobs: readonly (Delivered & { waitMs: number; isTry: boolean })[]) =>
  db.run(
    `update queue_jobs j set leased_until = 0, tries = j.tries - (not p.is_try)::int,
       run_at = case when p.wait > 0 then ${NOW} + p.wait else j.run_at end
     from unnest($1::bigint[], $2::int[], $3::bigint[], $4::boolean[]) as p (id, tries, wait, is_try)
     where j.id = p.id and j.tries = p.tries`,
    [...columns(jobs), jobs.map(({ waitMs }) => Math.ceil(waitMs)), jobs.map(({ isTry }) => isTry)],
  )

/** Moves jobs out of the queue for good, and keeps them with their errors. */
export const failJobs = (db: Db, jobs: readonly (Delivered & { error: string })[]) =>
  db.run(
    `with gone as (
       delete from queue_jobs j using unnest($1::bigint[], $2::int[], $3::text[]) as f (id, tries, error)
       where j.id = f.id and j.tries = f.tries returning j.id, j.queue, j.payload, j.tries, f.error
     )
     insert into queue_failures (id, queue, payload, tries, error, failed_at)
     select id, queue, payload, tries, error, ${NOW} from gone`,
    [...columns(jobs), jobs.map(({ error }) => error)],
  )

/** How many jobs at the front of a queue are searched for the next due one: more than are leased at once. */
const FRONT = 200

/** `now` is the clock of the database. */
export type Due = { queue: string; wait_ms: number; now: number }

/** The time until each of the queues has work; has no rows for empty queues. */
export const nextDue = (db: Db, queues: readonly string[]): Promise<Due[]> =>
  db.rows<Due>(
    `select q.name as queue, f.due - c.now as wait_ms, c.now
     from (select ${NOW} as now) c, unnest($1::text[]) as q (name), lateral (
       select min(greatest(run_at, leased_until)) as due from (
         select run_at, case when ${isLeased('c.now')} then leased_until else 0 end as leased_until
         from queue_jobs j where j.queue = q.name order by run_at, id limit ${FRONT}
       ) front
     ) f where f.due is not null`,
    [queues],
  )

/**
 * Limits the waits of failed jobs to the longest wait of their queue: a clock that was ahead may have set
 * them too far in the future.
 */
export const boundWaits = (db: Db, queues: readonly { name: string; retry: { longestMs: number } }[]) =>
  db.run(
    `update queue_jobs j set run_at = c.now + q.longest
     from unnest($1::text[], $2::bigint[]) as q (name, longest), (select ${NOW} as now) c
     where j.queue = q.name and j.tries > 0 and j.run_at > c.now + q.longest`,
    [queues.map(({ name }) => name), queues.map(({ retry }) => retry.longestMs)],
  )

/** No other server runs jobs now, so leases of dead servers are void. */
export const freeLeases = (db: Db) => db.run('update queue_jobs set leased_until = 0 where leased_until > 0')

/** Does the queue have jobs that were due at once, waiting or running? */
export const hasJobs = async (db: Db, queue: string): Promise<boolean> =>
  (await db.row('select from queue_jobs where queue = $1 and run_at = 0 limit 1', [queue])) !== undefined

export type Count = { queue: string; waiting: number; oldest_ms: number }

/** The due jobs of each queue, and how long the oldest has been due. */
export const countJobs = (db: Db): Promise<Count[]> =>
  db.rows<Count>(
    `select queue, count(*) as waiting, greatest(0, max(now - greatest(run_at, added_at))) as oldest_ms
     from queue_jobs, (select ${NOW} as now) c where run_at <= now group by queue`,
  )

export const countFailures = (db: Db) =>
  db.rows<{ queue: string; failed: number }>(
    'select queue, count(*) as failed from queue_failures group by queue',
  )

/** Keeps the newest failed jobs for some days, and deletes the others. */
export const sweepFailures = (db: Db, keptMs: number, most: number) =>
  db.run(
    `delete from queue_failures where failed_at < ${NOW} - $1::bigint
       or (failed_at, id) <= (select failed_at, id from queue_failures order by failed_at desc, id desc offset $2 limit 1)`,
    [keptMs, most],
  )

/** Frees the space of finished jobs; until then every claim reads through it. */
export const sweepJobs = (db: Db) => db.unprepared('vacuum queue_jobs')
