/**
 * Work by the clock. Each schedule is a queue with one job, which comes again at its next time; it runs once
 * for all servers together. Runs that were missed while no server was up happen once, at the start.
 */
import { Cron } from 'croner'
import { each, type Queue, queue } from './queue.ts'
import { insertJobs } from './queue-store.ts'
import type { Server } from './server.ts'

/** Work by the clock: a name, a cron expression in UTC, and a function. */
export type Schedule = { name: string; cron: string; run(server: Server): Promise<void> }

/** A failed run is retried after this time, or at its next time if that is sooner. */
const AGAIN_MS = 5 * 60_000
/** How far the clocks of server and database may differ: a tick must not run twice. */
const CLOCKS_MS = 10_000

/** The time until the next run. */
const untilNext = ({ cron }: Schedule): number => {
  const now = Date.now()
  const next = new Cron(cron, { timezone: 'UTC' }).nextRun(new Date(now + CLOCKS_MS))
  if (!next) throw new Error(`${cron} never comes`)
  return next.getTime() - now
}

export const scheduleQueue = (schedule: Schedule): Queue =>
  queue<never>({
    name: schedule.name,
    // A schedule always has a next run, whatever happens to this one.
    retry: { most: Number.MAX_SAFE_INTEGER, firstMs: AGAIN_MS, longestMs: AGAIN_MS },
    run: each(async (server) => {
      try {
        await schedule.run(server)
        return { laterMs: untilNext(schedule) }
      } catch (error) {
        server.log.error(
          { err: error, schedule: schedule.name },
          'what is done by the clock failed, and is tried again',
        )
        return { laterMs: Math.min(AGAIN_MS, untilNext(schedule)) }
      }
    }),
  })

/** Makes sure that each schedule has its job, due at its next time at the latest. */
export const keepSchedules = async ({ db }: Server, schedules: readonly Schedule[]): Promise<void> => {
  const jobs = schedules.map((each) => ({
    queue: each.name,
    key: 'next',
    payload: {},
    delayMs: untilNext(each),
  }))
  if (jobs.length > 0) await insertJobs(db, jobs, 'sooner')
}
