/**
 * The way to PostgreSQL: a pool, transactions, and the translation of the database's refusals into faults. SQL itself stands in the
 * features' store.ts. Statements are prepared once per connection, named by their text, and planned once as well: left to itself PostgreSQL plans
 * anew for each array that it is given, which for the statement that writes posts took ten times as long as running it.
 */
import { createHash } from 'node:crypto'
import type { FaultCode } from '@plausch/wire'
import pg from 'pg'
import type { Tables } from '../db/tables.ts'
import { Fault } from './faults.ts'
import type { Log } from './log.ts'
import { openPipes, type Pipes } from './pipes.ts'

/** What a store function takes first: the pool for reads, the operation's transaction for the rest. */
export type Db = {
  /** All rows of a statement. */
  rows<R extends object>(sql: string, values?: unknown[]): Promise<R[]>
  /** The first row, if there is one. */
  row<R extends object>(sql: string, values?: unknown[]): Promise<R | undefined>
  /** Runs a statement; the number of rows it changed. */
  run(sql: string, values?: unknown[]): Promise<number>
  /** A statement that is not prepared; without values it may be several, and their rows follow each other. For text that others write. */
  unprepared(sql: string, values?: unknown[]): Promise<object[]>
}

/**
 * A row of a table as the schema has it; `Narrow` says more of some columns: what their text may be, what their JSON holds. A column that
 * is not in the table does not compile.
 */
export type Row<
  T extends keyof Tables,
  Narrow extends Partial<Record<keyof Tables[T], unknown>> = Record<never, unknown>,
> = Omit<Tables[T], keyof Narrow> & Narrow

export type Pool = Db & {
  /**
   * For statements whose best plan depends on their values, as when words are looked for: planned each time. On a few connections of their own,
   * so that many who search take none that posts need.
   */
  searching: Db
  /** Runs `work` in one transaction; commits when it returns, rolls back when it throws. Deadlocks are tried again. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** A connection of one's own, for what lasts: listening, advisory locks. */
  connect(): Promise<pg.PoolClient>
  close(): Promise<void>
  /** New connections go to this address: the database has come back in another place. */
  moveTo(url: string): void
  /** Sizes for the metrics. */
  counts(): { total: number; idle: number; waiting: number }
}

/** Names of constraints and the faults that breaking them means. */
export type Constraints = Record<string, FaultCode>

const INT8 = 20

// bigint columns hold milliseconds and counters, far below 2^53.
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig

const names = new Map<string, string>()

const nameOf = (sql: string): string => {
  const known = names.get(sql)
  if (known) return known
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 24)
  names.set(sql, name)
  return name
}

type Client = { query(config: pg.QueryConfig): Promise<pg.QueryResult> }

/** `send` is the way of prepared statements, where that is another. */
const on = (
  client: Client,
  translate: (error: unknown) => unknown,
  send: Pipes['query'] = (statement) => client.query(statement),
): Db => {
  const query = async (text: string, values: unknown[]) => {
    try {
      return await send({ name: nameOf(text), text, values })
    } catch (error) {
      throw translate(error)
    }
  }
  return {
    rows: async <R extends object>(sql: string, values: unknown[] = []) =>
      (await query(sql, values)).rows as R[],
    row: async <R extends object>(sql: string, values: unknown[] = []) =>
      (await query(sql, values)).rows[0] as R | undefined,
    run: async (sql, values = []) => (await query(sql, values)).rowCount ?? 0,
    async unprepared(text, values = []) {
      try {
        const result = await client.query(values.length > 0 ? { text, values } : { text })
        return [result].flat().flatMap((each: pg.QueryResult) => each.rows as object[])
      } catch (error) {
        throw translate(error)
      }
    },
  }
}

/** Refusals that mean "not now": connection lost or refused, server starting or stopping, too many connections, time-outs. */
const passing = /^(08|57P0|25P03|53300|57014|55P03|ECONN|ENOENT|EPIPE|ETIMEDOUT)/
/** What the driver says without a code: "not queryable" is a connection that was lost between two queries of a transaction. */
const lost = /Connection terminated|not queryable|timeout exceeded when trying to connect/
const again = new Set(['40001', '40P01'])

/** Turns what the database (or the way to it) says into a fault where it has a meaning for the caller. */
export const translator =
  (constraints: Constraints) =>
  (error: unknown): unknown => {
    if (!(error instanceof Error) || error instanceof Fault) return error
    const { code = '', constraint = '' } = error as { code?: string; constraint?: string }
    const known = constraints[constraint]
    if (known) return new Fault(known as 'users.not_found', undefined, error)
    if (code === '53100' || code === 'ENOSPC') return new Fault('storage.full', undefined, error)
    if (passing.test(code) || lost.test(error.message)) {
      return new Fault('unavailable', undefined, error)
    }
    return error
  }

/** Text as it stands, for a pattern of `like`: its signs mean themselves. */
export const literal = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

/** Was the work given up for that of another, so that it may simply be tried again? */
export const isAgain = (error: unknown): boolean =>
  error instanceof Error && again.has((error as { code?: string }).code ?? '')

/** Of these searches run at once; more wait. */
const SEARCHING = 4

/** Opens a pool. `size` connections at the most, and some to search; whoever waits longer than 10 s for one gets `unavailable`. */
export const openPool = (url: string, constraints: Constraints, log: Log, size = 20): Pool => {
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    application_name: 'plausch',
    types,
  }
  const planned = { ...settings, options: '-c plan_cache_mode=force_generic_plan' }
  const pool = new pg.Pool({ ...planned, max: size })
  const pipes = openPipes(planned, (statement) => pool.query(statement))
  const searching = new pg.Pool({ ...settings, max: SEARCHING })
  const pools = [pool, searching]
  // An idle connection that the server closes is not an error of anybody's operation; the next one opens a new one.
  let isClosing = false
  for (const each of pools) {
    each.on('error', (error) => {
      if (!isClosing) log.warn({ error: error.message }, 'a database connection was lost')
    })
  }
  const translate = translator(constraints)

  const attempt = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw translate(error)
    })
    let broken: Error | undefined
    // Between two queries nobody waits for an answer that could fail: a connection that is lost then would end the process.
    const lose = (error: Error) => {
      broken = error
    }
    client.on('error', lose)
    try {
      const db = on(client, translate)
      await client.query('begin')
      const result = await work(db)
      await client.query('commit')
      return result
    } catch (error) {
      // A connection that cannot even roll back is thrown away, not put back.
      await client.query('rollback').catch((lost: Error) => {
        broken = lost
      })
      throw translate(error)
    } finally {
      client.off('error', lose)
      client.release(broken)
    }
  }

  return {
    ...on(pool, translate, pipes.query),
    searching: on(searching, translate),
    async transaction(work) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(work)
        } catch (error) {
          if (!isAgain(error) || tries === 4) throw error
        }
      }
    },
    connect: () => pool.connect(),
    async close() {
      isClosing = true
      await Promise.all([pipes.close(), ...pools.map((each) => each.end())])
    },
    moveTo(to) {
      for (const { options } of pools) options.connectionString = to
      pipes.moveTo(to)
    },
    counts() {
      const sum = (name: 'totalCount' | 'idleCount' | 'waitingCount') =>
        pools.reduce((total, each) => total + each[name], 0)
      return {
        total: sum('totalCount') + pipes.count(),
        idle: sum('idleCount'),
        waiting: sum('waitingCount'),
      }
    },
  }
}
