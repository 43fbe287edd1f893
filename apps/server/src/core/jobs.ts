/**
 * Work that must survive a restart: listeners that run after the transaction, and what happens by the clock. Kept in PostgreSQL by pg-boss
 * in a schema of its own; a job is stored by the transaction that causes it, so neither exists without the other.
 */
import { type Db as BossDb, PgBoss } from 'pg-boss'
import type { Db, Pool } from './db.ts'
import type { Log } from './log.ts'

export type Job = { fact: string; payload: unknown }

/** Something done by the clock: a name, a cron expression in UTC, and what to do. Runs on one node at a time. */
export type Schedule = { name: string; cron: string; run(): Promise<void> }

export type Jobs = {
  /** Stores the job of a fact in the transaction `db`. */
  store(db: Db, fact: string, payload: unknown): Promise<void>
  /** Begins to work. Where that fails half way, it may be called again. */
  start(handle: (job: Job) => Promise<void>, schedules: readonly Schedule[]): Promise<void>
  stop(): Promise<void>
}

const FACTS = 'facts'

const asBoss = (db: Db): BossDb => ({
  executeSql: async (text, values = []) => ({ rows: await db.unprepared(text, values) }),
})

export const openJobs = (pool: Pool, log: Log): Jobs => {
  const boss = new PgBoss({ db: asBoss(pool), schema: 'jobs', supervise: true, schedule: true })
  boss.on('error', (error: Error) => log.warn({ error: error.message }, 'the job queue had a problem'))
  let ready: Promise<unknown> | undefined

  const prepare = () => {
    ready ??= boss
      .start()
      .then(() =>
        boss.createQueue(FACTS, { retryLimit: 10, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600 }),
      )
      .catch((error: unknown) => {
        ready = undefined
        throw error
      })
    return ready
  }

  const working = new Set<string>()
  const work = async (name: string, run: (data: unknown) => Promise<void>) => {
    if (working.has(name)) return
    await boss.work(name, { pollingIntervalSeconds: 1, batchSize: 1 }, async (jobs) => {
      for (const job of jobs) {
        try {
          await run(job.data)
        } catch (error) {
          log.error({ err: error, job: name, id: job.id }, 'a job failed and will be tried again')
          throw error
        }
      }
    })
    working.add(name)
  }

  return {
    async store(db, fact, payload) {
      await prepare()
      await boss.send(FACTS, { fact, payload }, { db: asBoss(db) })
    },
    async start(handle, schedules) {
      await prepare()
      await work(FACTS, (data) => handle(data as Job))
      for (const { name, cron, run } of schedules) {
        await boss.createQueue(name, { retryLimit: 2, policy: 'singleton' })
        await boss.schedule(name, cron)
        await work(name, run)
      }
    },
    async stop() {
      if (ready) await boss.stop({ graceful: true, timeout: 10_000, close: false })
    },
  }
}
