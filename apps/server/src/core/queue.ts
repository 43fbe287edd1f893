/**
 * Work that must survive a restart. A queue is declared as data by the noun whose work it is, and mounted by
 * its feature. A job is stored by the transaction that causes it, so neither exists without the other. It is
 * delivered at least once: whoever runs it must bear to get it again.
 *
 * What happens to a job stands in queue-worker.ts, its SQL in queue-store.ts, the clock in queues.ts.
 */
import type { Context } from './context.ts'
import { wakeQueue } from './own-effects.ts'
import { deleteJobs, insertJobs, type NewJob, type Taken } from './queue-store.ts'
import type { Server } from './server.ts'

export { addJobsSql, type NewJob, type Taken } from './queue-store.ts'

/** A job as it is delivered. */
export type Job<P = unknown> = {
  payload: P
  /** '' unless it was added with one. */
  key: string
  /** How often it has been delivered, this time included. */
  tries: number
}

/** What became of a job, where it is not simply done. */
export type Outcome =
  | 'done'
  /** It failed, and is tried again. The message is kept if that was the last try. */
  | Error
  /** It is not its time yet: it comes again after so long, and this was no try. */
  | { laterMs: number }

export type Retry = {
  /** So many deliveries at the most. After the last one the job is kept apart, with its error. */
  most: number
  /** The wait after the first failure. It doubles each time, up to the longest. */
  firstMs: number
  longestMs: number
}

export type Queue<P = never> = {
  /** Stands in the database and in metrics: it is never changed. */
  readonly name: string
  /** So many jobs are claimed, run and finished together. */
  readonly batch: number
  /** So many batches run at once on one server. */
  readonly atOnce: number
  /** What is added waits so long for company, unless somebody waits for the queue. */
  readonly gatherMs: number
  /** A server that is silent for so long is thought to be dead, and its jobs go to others. */
  readonly leaseMs: number
  readonly retry: Retry
  /**
   * People see it when a job comes twice, and nothing can prevent that: a mail that was handed over just
   * before the server ended. Left out where tests deliver everything twice.
   */
  readonly isSeenTwice: boolean
  /**
   * Runs a batch. Returns the outcomes in the order of the jobs; undefined means that all are done. A throw
   * fails all of them, and then each is tried alone. After `signal` the server stops: what has not begun may
   * be given back by `{ laterMs: 0 }`.
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

/** Runs the jobs of a batch one after the other: one that fails fails alone. */
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

/** A queue as those see it who only add to it. */
export type Addressed<P> = Pick<Queue<P>, 'name'> & Partial<Pick<Queue<P>, 'run'>>

type Adding = Pick<Context, 'db' | 'effect'>

/**
 * Stores jobs in the transaction of the context, and wakes the queue after its commit. Returns how many it
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

/** Removes jobs by their keys. One that runs already goes on. */
export const removeJobs = <P>(db: Context['db'], { name }: Addressed<P>, keys: readonly string[]) =>
  deleteJobs(db, name, keys)
