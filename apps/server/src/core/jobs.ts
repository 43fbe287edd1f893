/**
 * Work that must survive a restart: listeners that run after the transaction, and what happens by the clock. Kept in PostgreSQL by pg-boss
 * in a schema of its own; a job is stored by the transaction that causes it, so neither exists without the other.
 */
import type { Db as BossDb, PgBoss } from 'pg-boss'
import type { Db, Pool } from './db.ts'
import type { Log } from './log.ts'
import { openTrouble } from './trouble.ts'

export type Job = { fact: string; payload: unknown }
export type MailJob = { letter: string; payload: unknown }

/** Something done by the clock: a name, a cron expression in UTC, and what to do. Runs on one node at a time. */
export type Schedule = { name: string; cron: string; run(): Promise<void> }

export type Jobs = {
  /** Stores the job of a fact in the transaction `db`; it begins after so many seconds. */
  store(db: Db, fact: string, payload: unknown, delaySeconds: number): Promise<void>
  /** Stores a letter to be sent, in the transaction `db`. With `once`, another one with the same word within a minute is left out. */
  storeMail(db: Db, letter: string, payload: unknown, once?: string): Promise<void>
  /** Begins to work. Where that fails half way, it may be called again. */
  start(
    handle: { fact(job: Job): Promise<void>; mail(job: MailJob): Promise<void> },
    schedules: readonly Schedule[],
  ): Promise<void>
  stop(): Promise<void>
}

const FACTS = 'facts'
/** A queue of its own: a mail server that answers slowly holds nothing else up. */
const MAILS = 'mails'
const MAILS_AT_ONCE = 4
const patience = { retryLimit: 10, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600 }

const asBoss = (db: Db, worked = () => {}): BossDb => ({
  async executeSql(text, values = []) {
    const rows = await db.unprepared(text, values)
    worked()
    return { rows }
  },
})

export const openJobs = (pool: Pool, log: Log): Jobs => {
  let boss: PgBoss | undefined
  let ready: Promise<PgBoss> | undefined

  // The library asks the database many times a second, and says each time that it was away.
  const trouble = openTrouble(log, {
    failing: 'the job queue had a problem',
    working: 'the job queue works again',
  })

  /** The library is large, and nobody needs it before they are served. */
  const load = async (): Promise<PgBoss> => {
    const { PgBoss } = await import('pg-boss')
    const loaded = new PgBoss({
      db: asBoss(pool, trouble.works),
      schema: 'jobs',
      supervise: true,
      schedule: true,
    })
    loaded.on('error', (error: Error) => trouble.failed({ error: error.message }))
    return loaded
  }
  const open = async (): Promise<PgBoss> => {
    boss ??= await load()
    await boss.start()
    for (const queue of [FACTS, MAILS]) await boss.createQueue(queue, patience)
    return boss
  }
  const prepare = () => {
    ready ??= open().catch((error: unknown) => {
      ready = undefined
      throw error
    })
    return ready
  }

  const working = new Set<string>()
  const work = async (name: string, run: (data: unknown) => Promise<void>, localConcurrency = 1) => {
    if (working.has(name)) return
    const jobs = await prepare()
    await jobs.work(name, { pollingIntervalSeconds: 1, batchSize: 1, localConcurrency }, async (some) => {
      for (const job of some) {
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
    async store(db, fact, payload, delaySeconds) {
      const jobs = await prepare()
      await jobs.send(FACTS, { fact, payload }, { db: asBoss(db), startAfter: delaySeconds })
    },
    async storeMail(db, letter, payload, once) {
      const jobs = await prepare()
      const limit = once === undefined ? {} : { singletonKey: `${letter} ${once}`, singletonSeconds: 60 }
      await jobs.send(MAILS, { letter, payload }, { db: asBoss(db), ...limit })
    },
    async start(handle, schedules) {
      const jobs = await prepare()
      await work(FACTS, (data) => handle.fact(data as Job))
      await work(MAILS, (data) => handle.mail(data as MailJob), MAILS_AT_ONCE)
      for (const { name, cron, run } of schedules) {
        await jobs.createQueue(name, { retryLimit: 2, policy: 'singleton' })
        await jobs.schedule(name, cron)
        await work(name, run)
      }
    },
    async stop() {
      const opened = await ready?.catch(() => undefined)
      await opened?.stop({ graceful: true, timeout: 10_000, close: false })
    },
  }
}
