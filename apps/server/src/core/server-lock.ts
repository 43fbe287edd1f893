/**
 * Only one server at a time works on a database: a second one would miss the events of the first. A session
 * advisory lock ensures that. It ends with its connection, so a server that dies leaves no lock behind. A
 * running server that loses the connection takes the lock again. If another server was faster, it stops
 * (decision 5).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Db, Pool } from './db.ts'
import type { Log } from './log.ts'
import type { Patience } from './patience.ts'

/** Another server works on this database. The message is for the operator. */
export class InUseRefusal extends Error {}

export type ServerLock = {
  /**
   * Resolves, with the reason for the operator, when another server has taken the database: this server must
   * stop.
   */
  lost: Promise<InUseRefusal>
  release(): Promise<void>
}

const TRY = `select pg_try_advisory_lock(hashtext('plausch'), hashtext('server')) as held`
const HELD = `locktype = 'advisory' and objsubid = 2 and granted
  and database = (select oid from pg_database where datname = current_database())
  and classid = (hashtext('plausch')::bigint & 4294967295)::oid
  and objid = (hashtext('server')::bigint & 4294967295)::oid`
/** Does the process that served our earlier connection hold the lock? */
const IS_OWN = `select exists (select from pg_locks where ${HELD} and pid = $1) as own`
/** Ends the database's process for our earlier connection, if that process holds the lock. */
const END_OWN = `select pg_terminate_backend(pid) from pg_locks where ${HELD} and pid = $1`
/** A server that was just killed may hold the lock for a moment longer. */
const TRIES = 20
const AGAIN_MS = 1000

/** Does a server work on this database? Checks without taking the lock. */
export const isDatabaseLocked = async (db: Db): Promise<boolean> =>
  (await db.row<{ held: boolean }>(`select exists (select from pg_locks where ${HELD}) as held`))?.held ===
  true

type Held = { client: pg.Client; pid: number }

/** 'own': our earlier connection has the lock. 'another': another server's connection has it. */
const acquire = async (pool: Pool, before?: number): Promise<Held | 'own' | 'another'> => {
  const client = await pool.connect()
  let isOwn = false
  try {
    const ask = (text: string, values: unknown[] = []) =>
      client.query({ text, values, query_timeout: pool.patience.beatSilentMs } as pg.QueryConfig)
    // The database may still hold the lock for our earlier connection, though the connection is gone.
    if (before !== undefined) await ask(END_OWN, [before])
    const { rows } = await ask(TRY)
    const [own] = (await ask('select pg_backend_pid() as pid')).rows as { pid: number }[]
    if ((rows[0] as { held: boolean }).held && own) return { client, pid: own.pid }
    if (before !== undefined) {
      const [earlier] = (await ask(IS_OWN, [before])).rows as { own: boolean }[]
      isOwn = earlier?.own === true
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  await client.end().catch(() => undefined)
  return isOwn ? 'own' : 'another'
}

/**
 * Tries for a few seconds. Undefined if another server keeps the lock. PostgreSQL's process for our earlier
 * connection may be stopped, or hang on a disk, and then cannot be ended. While it has the lock no other
 * server can have it, so this waits for it without limit.
 */
const acquireSoon = async (
  pool: Pool,
  before?: number,
  isOver: () => boolean = () => false,
): Promise<Held | undefined> => {
  for (let tries = 0; tries < TRIES && !isOver(); ) {
    const held = await acquire(pool, before)
    if (typeof held === 'object') return held
    if (held === 'another') tries += 1
    await sleep(pool.patience.holdAgainMs, undefined, { ref: before === undefined })
  }
  return undefined
}

/**
 * Resolves when the connection is lost: it says so, or does not answer in time. The network may drop packets
 * silently.
 */
const lossOf = ({ client }: Held, { beatMs, beatSilentMs }: Patience): Promise<void> =>
  new Promise((resolve) => {
    let isAsking = false
    const beat = setInterval(() => {
      if (isAsking) return
      isAsking = true
      client.query({ text: 'select', query_timeout: beatSilentMs } as pg.QueryConfig).then(() => {
        isAsking = false
      }, lose)
    }, beatMs).unref()
    const lose = () => {
      clearInterval(beat)
      resolve()
    }
    client.once('error', lose).once('end', lose)
  })

/** Takes the database, or throws InUseRefusal. */
export const lockDatabase = async (pool: Pool, log: Log): Promise<ServerLock> => {
  const taken = Promise.withResolvers<InUseRefusal>()
  let isReleased = false
  const first = await acquireSoon(pool)
  if (!first) {
    throw new InUseRefusal(
      'Another Plausch server works on this database. Stop it first; two servers on one database would not hear each other.',
    )
  }
  let held = first

  /** Takes the lock again as soon as the database answers; undefined if another server has it. */
  const again = async (): Promise<Held | undefined> => {
    for (;;) {
      try {
        return await acquireSoon(pool, held.pid, () => isReleased)
      } catch {
        if (isReleased) return undefined
        await sleep(AGAIN_MS, undefined, { ref: false })
      }
    }
  }
  const keep = async () => {
    while (!isReleased) {
      await lossOf(held, pool.patience)
      if (isReleased) return
      log.warn({}, 'the connection that holds the database was lost, and the database is taken again')
      await held.client.end().catch(() => undefined)
      const next = await again()
      if (!next && isReleased) return
      if (!next) {
        taken.resolve(
          new InUseRefusal(
            'Another Plausch server has taken this database while this one had lost its connection to it. This one stops; only one server may work on a database.',
          ),
        )
        return
      }
      held = next
      log.info({}, 'the database is held again')
    }
    await held.client.end().catch(() => undefined)
  }
  keep().catch((error: unknown) => log.error({ err: error }, 'the lock of the database cannot be watched'))

  return {
    lost: taken.promise,
    async release() {
      isReleased = true
      await held.client.end().catch(() => undefined)
    },
  }
}
