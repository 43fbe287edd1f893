/**
 * The queues of a server. A commit that adds a job wakes the queue at once. A timer wakes it for jobs that
 * are due soon. A slow look at all queues together finds the rest: jobs of other servers, of dead servers,
 * and for later.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { openAlarm } from './alarm.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'
import {
  boundWaits,
  countFailures,
  countJobs,
  type Due,
  hasJobs,
  nextDue,
  sweepFailures,
  sweepJobs,
} from './queue-store.ts'
import { openWorker, type Watch, type Worker, type WorkerOptions } from './queue-worker.ts'
import type { Schedule } from './schedules.ts'
import type { Queues, Server } from './server.ts'
import { openTrouble } from './trouble.ts'

/** How often to look at all queues. */
const LOOK_MS = 5000
/** After so many finished jobs, their space is vacuumed. */
const MANY = 5000
/** How long running jobs may take at a stop. */
const STOP_MS = 10_000
/** How long a caller who waits for a queue leaves the work to another server, before it looks again. */
const FLUSH_AGAIN_MS = 5
/** How far the database's clock may drift from ours. */
const CLOCK_MS = 2000
/** How long jobs that failed for the last time are kept: a week. */
const KEPT_MS = 7 * 24 * 60 * 60_000
const KEPT = 10_000

export type QueuesOptions = WorkerOptions & {
  /** Called at the start, and when the database's clock has been set back. */
  settle?(server: Server): Promise<void>
}

const nameTwice = (queues: readonly Queue[]): string | undefined =>
  queues.map(({ name }) => name).find((name, index, names) => names.indexOf(name) !== index)

export const openQueues = (
  queues: readonly Queue[],
  { settle = async () => undefined, ...options }: QueuesOptions = {},
): Queues => {
  const twice = nameTwice(queues)
  if (twice !== undefined) throw new Error(`two queues are called ${twice}`)
  const names = queues.map(({ name }) => name)
  const workers = new Map<string, Worker>()
  let server: Server | undefined
  let isStopping = false
  let looking: NodeJS.Timeout | undefined
  let under: Promise<void> | undefined
  let clock: { database: number; own: number } | undefined
  let unswept = 0
  let sweeping: Promise<unknown> | undefined

  const alarms = new Map(names.map((name) => [name, openAlarm(() => workers.get(name)?.wake())]))
  const gathering = new Map(queues.map(({ name, gatherMs }) => [name, gatherMs]))
  const opened = Promise.withResolvers<void>()

  const wake = (name: string, wantedInMs = 0) => {
    const inMs = Math.max(wantedInMs, gathering.get(name) ?? 0)
    if (isStopping) return
    if (inMs === 0) workers.get(name)?.wake()
    else if (inMs <= LOOK_MS) alarms.get(name)?.ringIn(wantedInMs, inMs)
  }

  const sweep = ({ db, log }: Server) => {
    unswept = 0
    sweeping ??= sweepJobs(db)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'what was left of finished jobs could not be swept'),
      )
      .finally(() => {
        sweeping = undefined
      })
  }

  const watchOf = (server: Server, trouble: ReturnType<typeof openTrouble>, name: string): Watch => ({
    wakeIn: (ms) => wake(name, ms),
    reached: () => trouble.works(),
    lost(error) {
      if (!isStopping) trouble.failed({ err: error, queue: name })
    },
    count(outcome, jobs) {
      if (jobs > 0) server.metrics.jobs.inc({ queue: name, outcome }, jobs)
      if (outcome === 'done') unswept += jobs
      if (unswept >= MANY && !isStopping) sweep(server)
    },
  })

  /** Waits that a fast clock has set are too long now. */
  const bound = async (server: Server) => {
    await boundWaits(server.db, queues)
    await settle(server)
  }
  const isSetBack = (due: readonly Due[]): boolean => {
    const database = due[0]?.now
    const before = clock
    if (database === undefined) return false
    clock = { database, own: performance.now() }
    return before !== undefined && database - before.database < clock.own - before.own - CLOCK_MS
  }

  const look = async (server: Server) => {
    const due = await nextDue(server.db.jobs, names)
    if (isSetBack(due)) await bound(server)
    for (const { queue, wait_ms } of due) wake(queue, wait_ms)
  }
  const lookOften = (server: Server, trouble: ReturnType<typeof openTrouble>) => {
    looking = setTimeout(() => {
      under = look(server)
        .then(trouble.works, (error: unknown) => {
          if (!isStopping) trouble.failed({ err: error })
        })
        .finally(() => {
          if (!isStopping) lookOften(server, trouble)
        })
    }, LOOK_MS).unref()
  }

  return {
    wake,
    async flush(name) {
      await opened.promise
      const worker = workers.get(name)
      while (worker && server && !isStopping && (await hasJobs(server.db.jobs, name))) {
        worker.wake()
        await worker.rest()
        if (await hasJobs(server.db.jobs, name)) await sleep(FLUSH_AGAIN_MS)
      }
    },
    async start(started) {
      server = started
      await bound(started)
      if (isStopping || looking) return
      const trouble = openTrouble(started.log, {
        failing: 'the queue of jobs could not be looked at',
        working: 'the queue of jobs works again',
      })
      for (const queue of queues)
        workers.set(queue.name, openWorker(started, queue, watchOf(started, trouble, queue.name), options))
      lookOften(started, trouble)
      opened.resolve()
      await look(started)
    },
    async stop() {
      isStopping = true
      opened.resolve()
      clearTimeout(looking)
      for (const alarm of alarms.values()) alarm.stop()
      await under
      await Promise.all([...workers.values()].map((worker) => worker.stop(STOP_MS)))
      await sweeping
    },
  }
}

/** Metrics of the queues, computed when they are read. */
export const measureQueues = (metrics: Metrics, server: () => Server): void => {
  const by =
    <R extends { queue: string }>(read: () => Promise<R[]>, value: (row: R) => number) =>
    async () =>
      (await read()).map((row): [string, number] => [row.queue, value(row)])
  const count = () => countJobs(server().db)
  metrics.gaugeBy(
    'plausch_jobs_waiting',
    'Jobs that are due or run',
    'queue',
    by(count, (row) => row.waiting),
  )
  metrics.gaugeBy(
    'plausch_jobs_oldest_seconds',
    'How long the oldest job of the queue has been due',
    'queue',
    by(count, (row) => row.oldest_ms / 1000),
  )
  metrics.gaugeBy(
    'plausch_jobs_kept',
    'Jobs that failed for the last time within a week',
    'queue',
    by(
      () => countFailures(server().db),
      (row) => row.failed,
    ),
  )
}

export const queueSchedules: readonly Schedule[] = [
  {
    name: 'queues.sweep',
    cron: '37 * * * *',
    async run({ db }) {
      await sweepFailures(db, KEPT_MS, KEPT)
    },
  },
]
