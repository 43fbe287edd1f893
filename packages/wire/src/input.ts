/**
 * How the parts of a URL are read. The server answers 400 to an unreadable query value and to a malformed id
 * in a path. Only page number and page size fall back to their defaults, as in v4. Values that are too large
 * are clamped (protocol: semantics, section 3).
 */
import { type TSchema, Type } from 'typebox'
import { LATEST, MOST_PAGES } from './records.ts'

/**
 * One named value of a query string: how to read it (undefined if that is not possible), and its schema for
 * the reference.
 */
export type QueryPart<T> = { read(raw: string | undefined): T | undefined; schema: TSchema }
export type Query = Record<string, QueryPart<unknown>>
export type QueryOf<Q extends Query> = { [K in keyof Q]: Q[K] extends QueryPart<infer T> ? T : never }

/** What clients send for a missing value: nothing, or their language's word for it. */
const absent = new Set([undefined, '', 'null', 'undefined'])

/** Reads a value that is present; `byDefault` for a missing one. */
const given =
  <T>(byDefault: T, read: (raw: string) => T | undefined) =>
  (raw: string | undefined): T | undefined =>
    raw === undefined || absent.has(raw) ? byDefault : read(raw)

/** A whole number that also fits into Go's `int64`; undefined if the text is not one. */
const whole = (raw: string): number | undefined => (/^-?\d{1,18}$/.test(raw) ? Number(raw) : undefined)

/** A whole number in [min, max]. A larger one is clamped; a smaller one becomes the default. */
export const count = (byDefault: number, max: number, min = 0): QueryPart<number> => ({
  read: given(byDefault, (raw) => {
    const value = whole(raw)
    if (value === undefined) return undefined
    return value < min ? byDefault : Math.min(value, max)
  }),
  schema: Type.Integer({ minimum: min, maximum: max, default: byDefault }),
})

/** Like `count`, but an unreadable value also becomes the default. */
export const paging = (byDefault: number, max: number, min = 0): QueryPart<number> => {
  const strict = count(byDefault, max, min)
  return { read: (raw) => strict.read(raw) ?? byDefault, schema: strict.schema }
}

const pageFrom0 = paging(0, MOST_PAGES)

/** 0-based page number. `-1` stays as it is, because one operation of v4 gives it a meaning. */
export const page: QueryPart<number> = {
  read: (raw) => (raw === '-1' ? -1 : pageFrom0.read(raw)),
  schema: Type.Integer({ minimum: -1, maximum: MOST_PAGES, default: 0 }),
}

export const perPage = paging(60, 200, 1)

/** Reads a boolean the way Go's parser does. */
const truth = (raw: string): boolean | undefined => {
  if (/^(true|1|t)$/i.test(raw)) return true
  return /^(false|0|f)$/i.test(raw) ? false : undefined
}

const flagThatIs = (byDefault: boolean): QueryPart<boolean> => ({
  read: given(byDefault, truth),
  schema: Type.Boolean({ default: byDefault }),
})

export const flag = flagThatIs(false)

/** A flag that is on by default. */
export const flagOn = flagThatIs(true)

/** A flag that may be absent, which is neither; null then. */
export const flagOrNone: QueryPart<boolean | null> = {
  read: given<boolean | null>(null, truth),
  schema: Type.Boolean(),
}

/** Free text, cut at `max` characters; '' when absent. */
export const text = (max = 256): QueryPart<string> => ({
  read: (raw) => (raw ?? '').replaceAll('\0', '').slice(0, max),
  schema: Type.String({ maxLength: max, default: '' }),
})

/** Milliseconds since the epoch; 0 when absent. */
export const millis = count(0, LATEST)

/** One of the given words; the first one is the default. */
export const choice = <const W extends string>(...words: [W, ...W[]]): QueryPart<W> => ({
  read: given<W>(words[0], (raw) => words.find((word) => word === raw)),
  schema: Type.Union(words.map((word) => Type.Literal(word))),
})

const idPattern = /^[a-z0-9]{26}$/

/** Is this one of v4's identifiers: 26 lower-case letters and digits? */
export const isId = (value: unknown): value is string => typeof value === 'string' && idPattern.test(value)

/** An id in a query: '' when absent. */
export const idOrNone: QueryPart<string> = {
  read: given('', (raw) => (isId(raw) ? raw : undefined)),
  schema: Type.String({ pattern: '^([a-z0-9]{26})?$', default: '' }),
}

/** The parameters of a path, which stand in braces, for example `{post_id}`. */
export type PathParams<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & PathParams<Rest>
  : unknown

/**
 * Is `value` acceptable as the path parameter `name`? A parameter whose name ends in `_id` takes an id;
 * `user_id` also takes `me`, and `remote_id` is an id of the directory. Names are checked for their length and
 * for characters that no v4 name contains, so a refusal here never reveals what exists.
 */
export const fitsPath = (name: string, value: string): boolean => {
  if (name === 'category_id') return /^[a-z0-9_]{1,80}$/.test(value)
  // An id of the directory, never a DN: clients send it without encoding what a path reserves.
  if (name === 'remote_id') return value.length <= 48 && /^[^\s\p{Cc}/\\?#]+$/u.test(value)
  if (name.endsWith('_id')) return idPattern.test(value) || (name === 'user_id' && value === 'me')
  return value.length > 0 && value.length <= 128 && !/[\0-\x20/\\]/.test(value)
}
