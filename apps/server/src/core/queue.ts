/**
 * Work that must survive a restart. A noun declares a queue as data, and its feature mounts it. The
 * transaction that causes a job also stores it, so neither exists without the other. A job is delivered at
 * least once, so running it must tolerate repetition.
 *
 * queue-worker.ts runs jobs, queue-store.ts has their SQL, queues.ts their timers.
 */
import type { Context } from './context.ts'
import { wakeQueue } from './own-effects.ts'
import { deleteJobs, insertJobs, type NewJob, type Taken } from './queue-store.ts'
import type { Server } from './server.ts'

export { addJobsSql, type NewJob, type Taken } from './queue-store.ts'

/** A job as it is delivered. */
export type Job<P = unknown> = {
  payload: P
  /** '' if it was added without one. */
  key: string
  /** How often it has been delivered, including this time. */
  tries: number
}

/** The result of a job that is not simply done. */
export type Outcome =
  | 'done'
  /** It failed, and is retried. After the last try, the message is kept. */
  | Error
  /** It is not due yet: it comes again after this time, and this does not count as a try. */
  | { laterMs: number }

export type Retry = {
  /** The most deliveries. After the last one, the job is kept with its error and not tried again. */
  most: number
  /** The wait after the first failure. It doubles with each failure, up to the longest. */
  firstMs: number
  longestMs: number
}

export type Queue<P = never> = {
  /** Stored in the database and in metrics: never change it. */
  readonly name: string
  /** How many jobs are claimed, run and finished together. */
  readonly batch: number
  /** How many batches run at once on one server. */
  readonly atOnce: number
  /** How long a new job waits for others to join its batch, unless somebody waits for the queue. */
  readonly gatherMs: number
  /** A server that is silent for so long counts as dead, and its jobs go to others. */
  readonly leaseMs: number
  readonly retry: Retry
  /**
   * People notice if a job runs twice, and nothing can prevent that: for example a mail that was handed over
   * just before the server died. Such a queue is excepted when tests deliver everything twice.
   */
  readonly isSeenTwice: boolean
  /**
   * Runs a batch. Returns the outcomes in the order of the jobs; undefined means that all are done. If it
   * throws, all of them fail, and each is retried alone. `signal` means that the server stops: jobs that have
   * not started may be given back by `{ laterMs: 0 }`.
   */
  run(server: Server, jobs: readonly Job<P>[], signal: AbortSignal): Promise<readonly Outcome[] | undefined>
}

const defaults = {
  batch: 1,
  atOnce: 1,
  gatherMs: 0,
  isSeenTwice: false,
  leaseMs: 30_000,
  // The last try comes about six hours after the first.
  retry: { most: 14, firstMs: 5000, longestMs: 3_600_000 },
}

type Declared<P> = Pick<Queue<P>, 'name' | 'run'> & Partial<Omit<Queue<P>, 'name' | 'run'>>

export const queue = <P>(declared: Declared<P>): Queue<P> => ({ ...defaults, ...declared })

type RunOne<P> = (server: Server, job: Job<P>, signal: AbortSignal) => Promise<Outcome | undefined>

/** Runs the jobs of a batch one after the other; each fails alone. */
export const each =
  <P>(run: RunOne<P>): Queue<P>['run'] =>
  async (server, jobs, signal) => {
    const outcomes: Outcome[] = []
    for (const job of jobs) {
      if (signal.aborted) outcomes.push({ laterMs: 0 })
      else outcomes.push((await run(server, job, signal).catch(asError)) ?? 'done')
    }
    return outcomes
  }

export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown))

/** A queue for callers that only add jobs to it. */
export type Addressed<P> = Pick<Queue<P>, 'name'> & Partial<Pick<Queue<P>, 'run'>>

type Adding = Pick<Context, 'db' | 'effect'>

/**
 * Stores jobs in the transaction of the context, and wakes the queue after the commit. Returns how many it
 * stored.
 */
export const addJobs = async <P>(
  { db, effect }: Adding,
  { name }: Addressed<P>,
  jobs: readonly NewJob<NoInfer<P>>[],
  taken: Taken = 'move',
): Promise<number> => {
  if (jobs.length === 0) return 0
  const stored = await insertJobs(
    db,
    jobs.map((job) => ({ ...job, queue: name })),
    taken,
  )
  if (stored > 0) effect(wakeQueue, { queue: name, in_ms: soonest(jobs) })
  return stored
}

const soonest = (jobs: readonly NewJob[]): number =>
  Math.min(...jobs.map(({ runAt = 0, delayMs }) => delayMs ?? (runAt === 0 ? 0 : runAt - Date.now())))

/** Removes jobs by their keys. A job that is running already continues. */
export const removeJobs = <P>(db: Context['db'], { name }: Addressed<P>, keys: readonly string[]) =>
  deleteJobs(db, name, keys)
