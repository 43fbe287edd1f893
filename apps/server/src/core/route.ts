/**
 * The route table: operation → guard → function. A missing row, a missing guard, or a function that wants what its guard does not supply
 * does not compile. The table is data: the router, the reference and the permission tests read it.
 */
import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { InputOf, Operation, ReplyOf } from '@plausch/wire'
import type { Range } from './blobs/blobs.ts'
import { Gzippable } from './compression.ts'
import type { Context } from './context.ts'

/** Loads what the operation is about, judges whether the actor may, and returns what it loaded. Throws a Fault otherwise. */
export type Guard<I, G> = (context: Context, input: I) => G | Promise<G>

type Run<I, G, R> = (context: Context, input: I, granted: G) => R | Promise<R>

/**
 * How a route meets the database: one transaction, the pool, one statement that commits by itself, commits that it shares with other requests,
 * or a transaction that it opens itself.
 */
export type Mode = 'transaction' | 'reading' | 'single' | 'batched' | 'stepwise'

export type Route<I, R> = {
  guard: Guard<I, unknown>
  run: Run<I, unknown, R>
  /** Open to those who are not signed in; only `anyone` and `anyoneWho` make it so. */
  isOpen: boolean
  mode: Mode | undefined
}

type Declared<I, R> = Route<I, R> & {
  /** A POST that changes nothing: runs on the pool, without a transaction. */
  reading: Route<I, R>
  /** Writes with one statement, which needs no transaction around it; what may follow stands for itself, and may be repeated. */
  single: Route<I, R>
  /** Shares its commit with other requests; opens no transaction of its own. */
  batched: Route<I, R>
  /** Opens its transaction itself, late: what comes before takes its time, and must hold no connection. */
  stepwise: Route<I, R>
}

/** Per process: which guards let anybody in, as the code says. */
const openGuards = new WeakSet<object>()

/** Lets in also those who are not signed in, if they pass the guard: `anyoneWho(mayFollowInvite)`. */
export const anyoneWho = <T extends Guard<never, unknown>>(guard: T): T => {
  const open = ((context: Context, input: never) => guard(context, input)) as T
  openGuards.add(open)
  return open
}

/** The guard that lets everybody in, also without signing in. */
export const anyone = anyoneWho((): undefined => undefined)

/** The guard that asks only for a session; the router has checked it already. */
export const signedIn = () => undefined

/** A row of a table. The guard and the function each say what they need of the input; the operation must have both. */
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

/** Joins the contract of a noun with its guards and functions. */
export const routes = <T extends Record<string, object>>(operations: T, table: Table<T>): Row[] =>
  Object.keys(operations).map((name) => ({
    operation: operations[name] as unknown as Operation,
    route: table[name] as unknown as Route<never, unknown>,
  }))

/** Raw reply for operations whose contract names a content type of its own; '' for none. */
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

/** A record that is JSON already, with the hash that its `ETag` is made of. */
export class Written extends Gzippable {
  readonly hash: string

  constructor(json: string) {
    super(Buffer.from(json))
    this.hash = hash('sha1', this.bytes)
  }
}

/** A reply whose bytes are read while they are sent. The router answers questions for ranges, for the head alone, and for what is known already. */
export class Streamed {
  readonly size: number
  readonly type: string
  /** A strong validator of the bytes. */
  readonly etag: string
  /** Opens the bytes, all or a range of them; undefined where they are gone. */
  readonly open: (range?: Range) => Promise<Readable | undefined>

  constructor(options: { size: number; type: string; etag: string; open: Streamed['open'] }) {
    this.size = options.size
    this.type = options.type
    this.etag = options.etag
    this.open = options.open
  }
}
