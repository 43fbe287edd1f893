/**
 * The route table: operation → guard → function. A missing row, a missing guard, or a function that needs
 * what its guard does not supply is a compile error. The table is data: the router, the reference and the
 * permission tests read it.
 */
import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { InputOf, Operation, ReplyOf } from '@plausch/wire'
import type { Range } from './blobs/blobs.ts'
import { Gzippable } from './compression.ts'
import type { Context } from './context.ts'

/**
 * Loads what the operation is about, checks that the actor may do it, and returns what it loaded. Throws a
 * Fault otherwise.
 */
export type Guard<I, G> = (context: Context, input: I) => G | Promise<G>

type Run<I, G, R> = (context: Context, input: I, granted: G) => R | Promise<R>

/**
 * How a route uses the database: one transaction, the pool, one statement that commits by itself, a commit
 * shared with other requests, or a transaction that it opens itself.
 */
export type Mode = 'transaction' | 'reading' | 'single' | 'batched' | 'stepwise'

export type Route<I, R> = {
  guard: Guard<I, unknown>
  run: Run<I, unknown, R>
  /** Open to people who are not signed in; only `anyone` and `anyoneWho` set this. */
  isOpen: boolean
  mode: Mode | undefined
}

type Declared<I, R> = Route<I, R> & {
  /** A POST that changes nothing: runs on the pool, without a transaction. */
  reading: Route<I, R>
  /**
   * Writes with one statement, without a transaction around it. Later statements stand alone and may be
   * repeated.
   */
  single: Route<I, R>
  /** Shares its commit with other requests; opens no transaction. */
  batched: Route<I, R>
  /** Opens its transaction itself, late: the work before takes long, and must hold no connection. */
  stepwise: Route<I, R>
}

/** Per process: the guards that admit anybody, as the code declares them. */
const openGuards = new WeakSet<object>()

/** Also admits people who are not signed in, if they pass the guard: `anyoneWho(mayFollowInvite)`. */
export const anyoneWho = <T extends Guard<never, unknown>>(guard: T): T => {
  const open = ((context: Context, input: never) => guard(context, input)) as T
  openGuards.add(open)
  return open
}

/** The guard that admits everybody, also without signing in. */
export const anyone = anyoneWho((): undefined => undefined)

/** The guard that requires only a session; the router has checked that already. */
export const signedIn = () => undefined

/** A row of a table. Guard and function each declare the input they need; the operation must have both. */
export const on = <A, B, G, R>(guard: Guard<A, G>, run: Run<B, NoInfer<G>, R>): Declared<A & B, R> => {
  const isOpen = openGuards.has(guard)
  const route: Route<A & B, R> = { guard, run: run as Run<A & B, unknown, R>, isOpen, mode: undefined }
  return {
    ...route,
    reading: { ...route, mode: 'reading' },
    single: { ...route, mode: 'single' },
    batched: { ...route, mode: 'batched' },
    stepwise: { ...route, mode: 'stepwise' },
  }
}

/** `operation` is `METHOD /path`, below /api/v4 unless the path says otherwise. */
export type Refusal = { operation: string; reason: string }

export type Row = { operation: Operation; route: Route<never, unknown> }

type Table<T> = { [K in keyof T]: Route<InputOf<T[K]>, ReplyOf<T[K]> | Written | Raw | Streamed> }

/** Joins the operations of a noun with their guards and functions. */
export const routes = <T extends Record<string, object>>(operations: T, table: Table<T>): Row[] =>
  Object.keys(operations).map((name) => ({
    operation: operations[name] as unknown as Operation,
    route: table[name] as unknown as Route<never, unknown>,
  }))

/** A raw reply, for operations whose contract names another content type; '' for none. */
export class Raw {
  readonly body: string | Uint8Array
  readonly type: string
  readonly status: number

  constructor(body: string | Uint8Array, type: string, status = 200) {
    this.body = body
    this.type = type
    this.status = status
  }
}

/** A record that is JSON already, with the hash for its `ETag`. */
export class Written extends Gzippable {
  readonly hash: string

  constructor(json: string) {
    super(Buffer.from(json))
    this.hash = hash('sha1', this.bytes)
  }
}

/**
 * A reply whose bytes are read while they are sent. The router handles ranges, HEAD, and clients that have
 * the bytes already.
 */
export class Streamed {
  readonly size: number
  readonly type: string
  /** A strong validator of the bytes. */
  readonly etag: string
  /** Opens all bytes or a range of them; undefined if they are gone. */
  readonly open: (range?: Range) => Promise<Readable | undefined>

  constructor(options: { size: number; type: string; etag: string; open: Streamed['open'] }) {
    this.size = options.size
    this.type = options.type
    this.etag = options.etag
    this.open = options.open
  }
}
