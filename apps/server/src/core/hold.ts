/**
 * One server at a time works on a database: a second would not hear the first one's events. Held by a session
 * advisory lock, which ends with the connection, so a server that dies leaves nothing behind.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Db, Pool } from './db.ts'
import type { Log } from './log.ts'

/** Another server works on this database; the message is for the operator. */
export class InUseRefusal extends Error {}

export type Hold = { release(): Promise<void> }

const TRY = `select pg_try_advisory_lock(hashtext('plausch'), hashtext('server')) as held`
/** A server that was killed a moment ago may still be letting go. */
const TRIES = 20
const EVERY_MS = 250

const acquire = async (pool: Pool): Promise<pg.PoolClient | undefined> => {
  const client = await pool.connect()
  const { rows } = await client.query<{ held: boolean }>(TRY)
  if (rows[0]?.held) return client
  client.release()
  return undefined
}

/** Does a server work on this database? Asks without taking it. */
export const isHeld = async (db: Db): Promise<boolean> => {
  const row = await db.row<{ held: boolean }>(
    `select exists (
       select from pg_locks where locktype = 'advisory' and objsubid = 2 and granted
         and database = (select oid from pg_database where datname = current_database())
         and classid = (hashtext('plausch')::bigint & 4294967295)::oid
         and objid = (hashtext('server')::bigint & 4294967295)::oid
     ) as held`,
  )
  return row?.held === true
}

/**
 * Takes the database, or throws InUseRefusal. When the connection is lost, it is taken again as soon as there
 * is one.
 */
export const holdDatabase = async (pool: Pool, log: Log): Promise<Hold> => {
  let isReleased = false
  let letGo: (() => Promise<void>) | undefined

  const again = async () => {
    while (!isReleased) {
      await sleep(1000, undefined, { ref: false })
      const client = await acquire(pool).catch(() => undefined)
      if (client && isReleased) return client.release()
      if (client) return keep(client)
    }
  }
  const keep = (client: pg.PoolClient) => {
    const lost = (error: Error) => {
      letGo = undefined
      client.release(error)
      again().catch((cause: unknown) => log.error({ err: cause }, 'the database could not be held again'))
    }
    client.once('error', lost)
    letGo = async () => {
      await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
      // Lost while it was let go: then it is back in the pool's hands already.
      if (letGo === undefined) return
      client.off('error', lost)
      client.release()
    }
  }

  for (let tries = 1; tries <= TRIES; tries += 1) {
    const client = await acquire(pool)
    if (client) {
      keep(client)
      return {
        async release() {
          isReleased = true
          await letGo?.()
        },
      }
    }
    await sleep(EVERY_MS)
  }
  throw new InUseRefusal(
    'Another Plausch server works on this database. Stop it first; two servers on one database would not hear each other.',
  )
}
