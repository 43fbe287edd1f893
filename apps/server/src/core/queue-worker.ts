/**
 * Runs the jobs of one queue on one server: claims a batch, runs it, finishes it, and repeats until nothing
 * is due. Then it sleeps until it is woken.
 */
import { isUnavailable } from './db.ts'
import { asError, type Job, type Outcome, type Queue } from './queue.ts'
import {
  type Claimed,
  claimJobs,
  extendLeases,
  failJobs,
  finishJobs,
  LONGEST_LEASE_MS,
  postponeJobs,
} from './queue-store.ts'
import type { Server } from './server.ts'
import { openTrouble } from './trouble.ts'

/** The longest part of an error that is kept. */
const LONGEST_ERROR = 2000

/** What the worker reports to the timer and the metrics of the server. */
export type Watch = {
  /** Wake the queue after this time. */
  wakeIn(ms: number): void
  /** The database answered, or did not. */
  reached(): void
  lost(error: unknown): void
  count(what: 'done' | 'failed' | 'tried', jobs: number): void
}

export type Worker = {
  /** More jobs may be due. */
  wake(): void
  /** Resolves when no job is running. */
  rest(): Promise<void>
  /** Claims nothing more, and gives running jobs up after this time. */
  stop(patienceMs: number): Promise<void>
}

type Result = { job: Claimed; outcome: Outcome }

const asJob = ({ payload, key, tries }: Claimed): Job => ({ payload, key, tries })

export const waitAfter = ({ firstMs, longestMs }: Queue['retry'], tries: number): number =>
  Math.min(firstMs * 2 ** (tries - 1), longestMs)

/** For tests: with `deliversTwice` every finished job runs once more. */
export type WorkerOptions = { deliversTwice?: boolean }

export const openWorker = (
  server: Server,
  queue: Queue,
  watch: Watch,
  { deliversTwice = false }: WorkerOptions = {},
): Worker => {
  const { name, retry } = queue
  const leaseMs = Math.min(queue.leaseMs, LONGEST_LEASE_MS)
  const { jobs: db, insist } = server.db
  const stopping = new AbortController()
  const { signal } = stopping
  const slots = new Set<Promise<void>>()
  const underWay = new Set<Claimed>()
  let isWanted = false
  const failing = openTrouble(server.log, {
    failing: 'a job failed and will be tried again',
    working: 'jobs work again',
    level: 'error',
  })

  const run = async (jobs: readonly Claimed[]): Promise<Result[]> => {
    const outcomes = (await queue.run(server, jobs.map(asJob) as Job<never>[], signal)) ?? []
    return jobs.map((job, index) => ({ job, outcome: outcomes[index] ?? 'done' }))
  }

  /** One bad job must not delay the others: if all failed together, each is tried alone. */
  const runApart = async (jobs: readonly Claimed[]): Promise<Result[]> => {
    try {
      return await run(jobs)
    } catch (thrown) {
      if (signal.aborted) return jobs.map((job) => ({ job, outcome: { laterMs: 0 } }))
      if (jobs.length === 1 || isUnavailable(thrown)) {
        return jobs.map((job) => ({ job, outcome: asError(thrown) }))
      }
      const results: Result[] = []
      for (const job of jobs) results.push(...(await runApart([job])))
      return results
    }
  }

  const deliver = async (jobs: readonly Claimed[]): Promise<Result[]> => {
    // The server died each time while the job ran. It is not retried for ever.
    const [spent, fresh] = [jobs.filter(isSpent), jobs.filter((job) => !isSpent(job))]
    const results = fresh.length > 0 ? await runApart(fresh) : []
    if (deliversTwice && !queue.isSeenTwice) {
      const again = results.filter(({ outcome }) => outcome === 'done').map(({ job }) => job)
      const others = results.filter(({ outcome }) => outcome !== 'done')
      if (again.length > 0) return [...others, ...(await runApart(again))]
    }
    const ended = new Error('the server ended each time while it ran')
    return [...results, ...spent.map((job) => ({ job, outcome: ended }))]
  }
  const isSpent = ({ tries }: Claimed) => tries > retry.most

  const finish = async (results: readonly Result[]) => {
    const done = results.filter(({ outcome }) => outcome === 'done').map(({ job }) => job)
    const failed = results.flatMap(({ job, outcome }) =>
      outcome instanceof Error && job.tries >= retry.most
        ? [{ ...job, error: outcome.message.slice(0, LONGEST_ERROR) }]
        : [],
    )
    const later = results.flatMap(({ job, outcome }) => {
      if (outcome === 'done' || (outcome instanceof Error && job.tries >= retry.most)) return []
      const isTry = outcome instanceof Error
      return [{ ...job, isTry, waitMs: isTry ? waitAfter(retry, job.tries) : outcome.laterMs }]
    })
    if (done.length > 0) await insist(() => finishJobs(db, done))
    if (failed.length > 0) await insist(() => failJobs(db, failed))
    if (later.length > 0) await insist(() => postponeJobs(db, later))
    for (const { waitMs } of later) watch.wakeIn(waitMs)
    watch.count('done', done.length)
    watch.count('failed', failed.length)
  }

  const tellFailures = (results: readonly Result[]) => {
    for (const { job, outcome } of results) {
      if (!(outcome instanceof Error)) continue
      watch.count('tried', 1)
      const about = { err: outcome, queue: name, job: job.id, tries: job.tries }
      if (job.tries >= retry.most)
        server.log.error(about, 'a job failed for the last time, and is kept with its error')
      else failing.failed(about)
    }
  }

  const work = async (jobs: readonly Claimed[]) => {
    for (const job of jobs) underWay.add(job)
    const extending = setInterval(() => {
      extendLeases(db, jobs, leaseMs).then(watch.reached, watch.lost)
    }, leaseMs / 3)
    try {
      const results = await deliver(jobs)
      tellFailures(results)
      await finish(results)
    } catch (error) {
      // They run again when their lease ends.
      server.log.error({ err: error, queue: name }, 'what became of jobs could not be written down')
    } finally {
      clearInterval(extending)
      for (const job of jobs) underWay.delete(job)
    }
  }

  let claiming: Promise<unknown> = Promise.resolve()
  /** One claim after the other: the second must know which lanes the first has made busy. */
  const claim = async (): Promise<Claimed[]> => {
    const before = claiming
    const turn = before.then(async () => {
      isWanted = false
      const lanes = [...underWay].map(({ lane }) => lane).filter((lane) => lane !== '')
      const jobs = signal.aborted ? [] : await claimJobs(db, { name, batch: queue.batch, leaseMs }, lanes)
      for (const job of jobs) underWay.add(job)
      return jobs
    })
    claiming = turn.catch(() => undefined)
    return await turn
  }

  const slot = async () => {
    for (;;) {
      const jobs = await claim()
      watch.reached()
      if (jobs.length === 0 && !isWanted) return
      // More may be due, for another slot.
      if (jobs.length === queue.batch) begin()
      if (jobs.length > 0) await work(jobs)
      // More jobs are coming, and are claimed together.
      if (queue.gatherMs > 0 && jobs.length < queue.batch && !isWanted) return
    }
  }

  const begin = () => {
    if (slots.size >= queue.atOnce || signal.aborted) return
    const running: Promise<void> = slot()
      .catch(watch.lost)
      .finally(() => slots.delete(running))
    slots.add(running)
  }

  return {
    wake() {
      isWanted = true
      begin()
    },
    async rest() {
      while (slots.size > 0) await Promise.all(slots)
    },
    async stop(patienceMs) {
      stopping.abort()
      const patience = Promise.withResolvers<void>()
      const timer = setTimeout(patience.resolve, patienceMs)
      await Promise.race([Promise.all(slots), patience.promise])
      clearTimeout(timer)
      const left = [...underWay].map((job) => ({ ...job, waitMs: 0, isTry: true }))
      if (left.length === 0) return
      server.log.warn(
        { queue: name, jobs: left.length },
        'jobs were still running at the stop, and come again',
      )
      await postponeJobs(db, left).catch(watch.lost)
    },
  }
}
