/**
 * The way to PostgreSQL: a pool, transactions, and the translation of the database's refusals into faults. SQL itself stands in the
 * features' store.ts. Statements are prepared once per connection, named by their text, and planned once as well: left to itself PostgreSQL plans
 * anew for each array that it is given, which for the statement that writes posts took ten times as long as running it.
 */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultCode } from '@plausch/wire'
import pg from 'pg'
import type { Tables } from '../db/tables.ts'
import { isLost, newClient, newPool } from './driver.ts'
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
  /**
   * Runs `work` in one transaction; commits when it returns, rolls back when it throws. Deadlocks are tried again. Where the answer to the commit is
   * lost, the database is asked what became of it, for as long as a request may wait; `onDoubt` hears of it at once, and later what is found.
   */
  transaction<T>(work: (db: Db) => Promise<T>, onDoubt?: (outcome: Promise<Known>) => void): Promise<T>
  /**
   * For the statement that writes posts, on a few connections of its own: waits for locks only for `LOCK_MS` (then `isLocked`), and is left after
   * some seconds without an answer. Throws AnswerLost where it cannot know whether the statement took effect.
   */
  writing<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Asks again and again until the database answers; undefined when the pool is closed before that. Other errors than "not now" are thrown. */
  insist<T>(ask: () => Promise<T>): Promise<T | undefined>
  /** A connection of one's own, open, for what lasts (migrations, advisory locks): without time limits. Whoever asks for it ends it. */
  connect(): Promise<pg.Client>
  close(): Promise<void>
  /** New connections go to this address: the database has come back in another place. */
  moveTo(url: string): void
  /** Sizes for the metrics. */
  counts(): { total: number; idle: number; waiting: number }
}

/** Did it happen? undefined: that cannot be found out, or the pool was closed meanwhile. */
export type Known = boolean | undefined

/** The connection was lost while a statement was under way that commits by itself. */
export class AnswerLost extends Error {
  /** Resolves when the statement can change nothing any more, so that what is there now is the outcome. False: the pool was closed before that. */
  readonly isOver: Promise<boolean>

  constructor(isOver: Promise<boolean>, cause: unknown) {
    super('the answer of the database was lost', { cause })
    this.isOver = isOver
  }
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

/**
 * Refusals that mean "not now": connection lost or refused, server starting or stopping, too many connections, time-outs, no memory, and a database that
 * takes no changes for the moment (it is a copy that has not yet taken over).
 */
const passing =
  /^(08|57P0|25P03|25006|53200|53300|57014|55P03|ECONN|ENOENT|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENOTCONN|EAI_AGAIN)/
/** The database gave it up for the work of another. */
const givenUp = new Set<unknown>(['40001', '40P01'])
/** A foreign key: what it leans on went while it was under way, as whoever looks again sees. */
const GONE_MEANWHILE = '23503'

/** Turns what the database (or the way to it) says into a fault where it has a meaning for the caller. */
export const translator =
  (constraints: Constraints) =>
  (error: unknown): unknown => {
    if (!(error instanceof Error) || error instanceof Fault) return error
    const { code = '', constraint = '' } = error as { code?: string; constraint?: string }
    const known = constraints[constraint]
    if (known) return new Fault(known as 'users.not_found', undefined, error)
    if (code === '53100' || code === 'ENOSPC') return new Fault('storage.full', undefined, error)
    if (passing.test(code) || isLost(error)) {
      return new Fault('unavailable', undefined, error)
    }
    return error
  }

/** Text as it stands, for a pattern of `like`: its signs mean themselves. */
export const literal = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

const codeOf = (error: unknown) => (error instanceof Error ? (error as { code?: string }).code : undefined)
const isGivenUp = (error: unknown): boolean => givenUp.has(codeOf(error))

/** Did the work of another come in between, so that it may simply be tried again? */
export const isAgain = (error: unknown): boolean => isGivenUp(error) || codeOf(error) === GONE_MEANWHILE

/** Was a lock not to be had in time, so that nothing was written? */
export const isLocked = (error: unknown): boolean => {
  const cause = error instanceof Fault ? error.cause : error
  return cause instanceof Error && (cause as { code?: string }).code === '55P03'
}

const isUnavailable = (error: unknown) => error instanceof Fault && error.code === 'unavailable'

/** Of these searches run at once; more wait. */
const SEARCHING = 4
/** Batches of posts that can be under way at once. Nearly always it is one; the others are for when some are held up. */
export const WRITING = 6
const LOCK_MS = 500

/** The database gives a statement up after so long. */
const STATEMENT_MS = 25_000
/** It does not even say so (it is stopped, or the way to it is cut): the connection is left, and whoever asked hears "not now". */
const SILENT_MS = 28_000
/** The same for the statement that writes posts, which others wait for. */
const WRITING_MS = { statement: 8000, silent: 10_000 }
/** A commit takes milliseconds: one that is silent for so long is in doubt, and the database is asked by another connection. */
const COMMIT_MS = 5000
/** So long a request waits to hear what became of its commit. */
const DOUBT_MS = 10_000

/** What we rely on; a database may have another default, under which statements fail that could simply wait. */
const ISOLATION = '-c default_transaction_isolation=read\\ committed'

/** "begin", and the id under which the database knows the transaction, in the same round trip. */
const begin = async (client: pg.ClientBase): Promise<string> => {
  const results: unknown = await client.query('begin; select pg_current_xact_id()::text as xid')
  const [, second] = results as [unknown, pg.QueryResult<{ xid: string }>]
  return second.rows[0]?.xid ?? ''
}

/**
 * Opens a pool. `size` connections at the most, and some to search and to write posts; whoever waits longer than 10 s for one, or half a minute
 * for an answer, gets `unavailable`.
 */
export const openPool = (url: string, constraints: Constraints, log: Log, size = 20): Pool => {
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENT_MS,
    idle_in_transaction_session_timeout: 60_000,
    types,
    options: ISOLATION,
  }
  const planned = { ...settings, options: `${ISOLATION} -c plan_cache_mode=force_generic_plan` }
  const pool = newPool({ ...planned, max: size })
  const pipes = openPipes(planned, (statement) => pool.query(statement))
  const searching = newPool({ ...settings, max: SEARCHING })
  const writing = newPool(
    {
      ...planned,
      max: WRITING,
      lock_timeout: LOCK_MS,
      statement_timeout: WRITING_MS.statement,
      query_timeout: WRITING_MS.silent,
    },
    () => `plausch posts ${randomUUID()}`,
  )
  const pools = [pool, searching, writing]
  // An idle connection that the server closes is not an error of anybody's operation; the next one opens a new one.
  let isClosing = false
  for (const each of pools) {
    each.on('error', (error) => {
      if (!isClosing) log.warn({ error: error.message }, 'a database connection was lost')
    })
  }
  const translate = translator(constraints)
  const take = (from: pg.Pool) =>
    from.connect().catch((error: unknown) => {
      throw translate(error)
    })

  /** Asks again until `ask` finds something; undefined when the pool is closed before that. */
  const insist = async <T>(ask: () => Promise<T | undefined>): Promise<T | undefined> => {
    for (let waitMs = 20; !isClosing; waitMs = Math.min(2 * waitMs, 1000)) {
      try {
        const answer = await ask()
        if (answer !== undefined) return answer
      } catch (error) {
        if (!isUnavailable(translate(error))) throw error
      }
      await sleep(waitMs, undefined, { ref: false })
    }
    return undefined
  }
  /** What became of a transaction whose commit was not answered. A server that has crashed meanwhile knows it after its recovery. */
  const outcomeOf = async (xid: string): Promise<Known> => {
    const status = await insist(async () => {
      const { rows } = await pool.query<{ status: string | null }>(
        'select pg_xact_status($1::text::xid8) as status',
        [xid],
      )
      const found = rows[0]?.status ?? 'forgotten'
      return found === 'in progress' ? undefined : found
    })
    return status === 'committed' ? true : status === 'aborted' ? false : undefined
  }
  /** Ends the process of the database that served the connection of this name, and waits until it is gone: it may not know that nobody listens. */
  const isGone = async (name: string): Promise<boolean> =>
    (await insist(async () => {
      const ended = await pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
        [name],
      )
      return ended.rowCount === 0 || undefined
    })) ?? false

  const judge = async (outcome: Promise<Known>, error: unknown) => {
    const waited = new AbortController()
    const late = sleep(DOUBT_MS, undefined, { signal: waited.signal, ref: false }).catch(() => undefined)
    const known = await Promise.race([outcome, late])
    waited.abort()
    if (known !== true) throw translate(error)
  }

  const attempt = async <T>(
    work: (db: Db) => Promise<T>,
    onDoubt?: (outcome: Promise<Known>) => void,
  ): Promise<T> => {
    const client = await take(pool)
    let broken: Error | undefined
    const abandon = async (error: unknown) => {
      // A connection that is lost, or cannot even roll back, is thrown away, not put back.
      if (isLost(error instanceof Fault ? error.cause : error)) broken = new Error('lost', { cause: error })
      else
        await client.query('rollback').catch((lost: Error) => {
          broken = lost
        })
    }
    try {
      const xid = await begin(client)
      const result = await work(on(client, translate))
      let failed: unknown
      await client
        .query({ text: 'commit', query_timeout: COMMIT_MS } as pg.QueryConfig)
        .catch((error: unknown) => {
          failed = error
        })
      if (failed === undefined) return result
      if (!isLost(failed)) throw failed
      broken = new Error('lost', { cause: failed })
      const outcome = outcomeOf(xid)
      onDoubt?.(outcome)
      await judge(outcome, failed)
      return result
    } catch (error) {
      if (!broken) await abandon(error)
      throw translate(error)
    } finally {
      client.release(broken)
    }
  }

  return {
    ...on(pool, translate, pipes.query),
    searching: on(searching, translate),
    async transaction(work, onDoubt) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(work, onDoubt)
        } catch (error) {
          if (!isAgain(error)) throw error
          if (tries === 4) throw isGivenUp(error) ? new Fault('unavailable', undefined, error) : error
        }
      }
    },
    async writing(work) {
      const client = await take(writing)
      let broken: Error | undefined
      try {
        return await work(on(client, translate))
      } catch (error) {
        if (!isLost(error instanceof Fault ? error.cause : error)) throw error
        broken = new Error('lost', { cause: error })
        const { application_name: name = '' } = (
          client as unknown as { connectionParameters: pg.ClientConfig }
        ).connectionParameters
        throw new AnswerLost(isGone(name), error)
      } finally {
        client.release(broken)
      }
    },
    insist,
    async connect() {
      const { connectionString = '' } = pool.options
      const client = newClient({ connectionString, connectionTimeoutMillis: 10_000, types })
      await client.connect()
      return client
    },
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
