/**
 * Access to PostgreSQL: a pool, transactions, and database errors as faults. SQL itself is in each feature's
 * store.ts. A connection prepares a statement once and plans it only once: by default PostgreSQL plans it for
 * each array, which took ten times as long as running the statement that writes posts.
 */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultCode } from '@plausch/wire'
import pg from 'pg'
import type { Tables } from '../db/tables.ts'
import { isLost, newClient, newPool } from './driver.ts'
import { Fault } from './faults.ts'
import type { Log } from './log.ts'
import { PATIENCE, type Patience } from './patience.ts'
import { openPipes, type Pipes } from './pipes.ts'

/**
 * The first parameter of a store function: the pool for reads, otherwise the transaction of the operation.
 */
export type Db = {
  /** All rows of a statement. */
  rows<R extends object>(sql: string, values?: unknown[]): Promise<R[]>
  /** The first row, if there is one. */
  row<R extends object>(sql: string, values?: unknown[]): Promise<R | undefined>
  /** Runs a statement. Returns the number of rows that it changed. */
  run(sql: string, values?: unknown[]): Promise<number>
  /** An unprepared statement. Without values it may be several, whose rows are concatenated. */
  unprepared(sql: string, values?: unknown[]): Promise<object[]>
}

/** A row of a table. `Narrow` gives columns of the table a narrower type: known texts, the shape of JSON. */
export type Row<
  T extends keyof Tables,
  Narrow extends Partial<Record<keyof Tables[T], unknown>> = Record<never, unknown>,
> = Omit<Tables[T], keyof Narrow> & Narrow

export type Pool = Db & {
  /**
   * For searches, whose best plan depends on their values: planned each time, on a few separate connections.
   */
  searching: Db
  /**
   * For claims of jobs, which read an index in order until they have enough. Statistics of a table that fills
   * in a moment mislead the planner: on other connections it would read and sort all jobs.
   */
  jobs: Db
  /**
   * Runs `work` in one transaction; retries after deadlocks. If the answer to the commit is lost, asks the
   * database for the outcome, for as long as a request may wait, and calls `onDoubt` with a promise of it.
   */
  transaction<T>(work: (db: Db) => Promise<T>, onDoubt?: (outcome: Promise<Known>) => void): Promise<T>
  /**
   * For the statement that writes posts, on separate connections. Waits for locks for `LOCK_MS` (`isLocked`),
   * and for an answer for some seconds. Throws AnswerLost if the outcome is unknown.
   */
  writing<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Repeats `ask` while it fails with "not now". Undefined if the pool is closed first. */
  insist<T>(ask: () => Promise<T>): Promise<T | undefined>
  /** A new connection without time limits (migrations, advisory locks). The caller ends it. */
  connect(): Promise<pg.Client>
  close(): Promise<void>
  /** The database has moved: new connections use this address. */
  moveTo(url: string): void
  patience: Patience
  /** Sizes for the metrics. */
  counts(): { total: number; idle: number; waiting: number }
}

/** Did the commit happen? Undefined: the database does not know, or the pool was closed. */
export type Known = boolean | undefined

/** The connection was lost while a statement that commits by itself was running. */
export class AnswerLost extends Error {
  /** Resolves when the statement can change nothing any more. False: the pool was closed first. */
  readonly isOver: Promise<boolean>

  constructor(isOver: Promise<boolean>, cause: unknown) {
    super('the answer of the database was lost', { cause })
    this.isOver = isOver
  }
}

/** Maps names of constraints to the fault that their violation means. */
export type Constraints = Record<string, FaultCode>

const INT8 = 20

// bigint columns hold milliseconds and counters, far below 2^53.
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig

/** Per process: names of prepared statements, derived from their texts. */
const names = new Map<string, string>()

const nameOf = (sql: string): string => {
  const known = names.get(sql)
  if (known) return known
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 24)
  names.set(sql, name)
  return name
}

type Client = { query(config: pg.QueryConfig): Promise<pg.QueryResult> }

/** `send` runs prepared statements, if they do not go through `client`. */
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

/** "Not now": connection lost or refused, starting or stopping, time-out, no memory, read-only. */
const passing =
  /^(08|57P0|25P03|25006|53200|53300|57014|55P03|ECONN|ENOENT|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENOTCONN|EAI_AGAIN)/
/** The database aborted this transaction in favour of another. */
const givenUp = new Set<unknown>(['40001', '40P01'])
/** A foreign key failed because the row was deleted meanwhile. A retry sees that. */
const GONE_MEANWHILE = '23503'

/** Turns an error of the database or the connection into a fault, if it means something to the caller. */
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

/** Escapes text for a pattern of `like`. */
export const literal = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

const codeOf = (error: unknown) => (error instanceof Error ? (error as { code?: string }).code : undefined)
const isGivenUp = (error: unknown): boolean => givenUp.has(codeOf(error))

/** Did another transaction interfere, so that a retry may succeed? */
export const isAgain = (error: unknown): boolean => isGivenUp(error) || codeOf(error) === GONE_MEANWHILE

/** Was a lock not granted in time, so that nothing was written? */
export const isLocked = (error: unknown): boolean => {
  const cause = error instanceof Fault ? error.cause : error
  return cause instanceof Error && (cause as { code?: string }).code === '55P03'
}

export const isUnavailable = (error: unknown) => error instanceof Fault && error.code === 'unavailable'

/** The most searches that run at once; more wait. */
const SEARCHING = 4
/** The most batches of posts that run at once. Normally one runs; others start only if some are held up. */
export const WRITING = 6
const LOCK_MS = 500
/**
 * A plan is kept until its tables are analysed. A table can grow a hundredfold before that, so the plan uses
 * an index if there is one, however small the table is now.
 */
const KEPT_PLANS = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off'

/** Connections for claiming and finishing jobs; more wait. */
const JOBS = 3
const IN_ORDER = '-c enable_bitmapscan=off -c enable_sort=off'

/** With another default isolation, statements would fail where they only need to wait. */
const ISOLATION = '-c default_transaction_isolation=read\\ committed'

/** Begins a transaction, and returns its id, in one round trip. */
const begin = async (client: pg.ClientBase): Promise<string> => {
  const results: unknown = await client.query('begin; select pg_current_xact_id()::text as xid')
  const [, second] = results as [unknown, pg.QueryResult<{ xid: string }>]
  return second.rows[0]?.xid ?? ''
}

/**
 * Opens a pool of at most `size` connections, plus some for searches, jobs and posts. A caller that waits
 * longer than 10 s for a connection, or half a minute for an answer, gets `unavailable`.
 */
export const openPool = (
  url: string,
  constraints: Constraints,
  log: Log,
  size = 20,
  patience: Patience = PATIENCE,
): Pool => {
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: patience.connectMs,
    idleTimeoutMillis: 60_000,
    statement_timeout: patience.statementMs,
    query_timeout: patience.silentMs,
    idle_in_transaction_session_timeout: 60_000,
    types,
    options: ISOLATION,
  }
  const planned = { ...settings, options: `${ISOLATION} ${KEPT_PLANS}` }
  const pool = newPool({ ...planned, max: size })
  const pipes = openPipes(planned, (statement) => pool.query(statement))
  const searching = newPool({ ...settings, max: SEARCHING })
  const writing = newPool(
    {
      ...planned,
      max: WRITING,
      lock_timeout: LOCK_MS,
      statement_timeout: patience.writingMs,
      query_timeout: patience.writingSilentMs,
    },
    () => `plausch posts ${randomUUID()}`,
  )
  const jobs = newPool({ ...planned, options: `${planned.options} ${IN_ORDER}`, max: JOBS })
  const pools = [pool, searching, writing, jobs]
  // If PostgreSQL closes an idle connection, no operation fails; the next one opens a new connection.
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

  /** Repeats `ask` until it returns something. Undefined if the pool is closed first. */
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
  /**
   * Did a transaction commit whose answer was lost? After a crash, the database knows once it has recovered.
   */
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
  /** Ends the database's process for the connection with this name, and waits until the process is gone. */
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
    const late = sleep(patience.doubtMs, undefined, { signal: waited.signal, ref: false }).catch(
      () => undefined,
    )
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
      // A connection that is lost, or cannot even roll back, is closed instead of going back to the pool.
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
        .query({ text: 'commit', query_timeout: patience.commitMs } as pg.QueryConfig)
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
    jobs: on(jobs, translate),
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
      const client = newClient({ connectionString, connectionTimeoutMillis: patience.connectMs, types })
      await client.connect()
      return client
    },
    async close() {
      isClosing = true
      await Promise.all([pipes.close(), ...pools.map((each) => each.end())])
    },
    patience,
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
