/**
 * How the parts of a URL are read. Query values follow v4's paging rules: what cannot be parsed takes the default, what is too large is
 * clamped (protocol: semantics, section 3). Path parts are strict: a malformed id is a 400.
 */
import { type TSchema, Type } from 'typebox'

/** One named value of a query string: how to read it, and what the reference says of it. */
export type QueryPart<T> = { read(raw: string | undefined): T; schema: TSchema }
export type Query = Record<string, QueryPart<unknown>>
export type QueryOf<Q extends Query> = { [K in keyof Q]: Q[K] extends QueryPart<infer T> ? T : never }

/** A whole number in [min, max]; larger is clamped, anything unreadable is `byDefault`. */
export const count = (byDefault: number, max: number, min = 0): QueryPart<number> => ({
  read(raw) {
    const value = raw !== undefined && /^\d{1,10}$/.test(raw) ? Number(raw) : Number.NaN
    return Number.isNaN(value) || value < min ? byDefault : Math.min(value, max)
  },
  schema: Type.Integer({ minimum: min, maximum: max, default: byDefault }),
})

/** 0-based page number; `-1` is kept, because one operation of v4 gives it a meaning. */
export const page: QueryPart<number> = {
  read: (raw) => (raw === '-1' ? -1 : count(0, 1_000_000).read(raw)),
  schema: Type.Integer({ minimum: -1, default: 0 }),
}

export const perPage = count(60, 200, 1)

/** A flag is set by `true`, `1` or `t`, as Go's parser of booleans has it. */
export const flag: QueryPart<boolean> = {
  read: (raw) => raw !== undefined && /^(true|1|t)$/i.test(raw),
  schema: Type.Boolean({ default: false }),
}

/** A flag that is on unless it is switched off. */
export const flagOn: QueryPart<boolean> = {
  read: (raw) => raw === undefined || !/^(false|0|f)$/i.test(raw),
  schema: Type.Boolean({ default: true }),
}

/** Free text, cut at `max` characters; '' when absent. */
export const text = (max = 256): QueryPart<string> => ({
  read: (raw) => (raw ?? '').replaceAll('\0', '').slice(0, max),
  schema: Type.String({ maxLength: max, default: '' }),
})

/** Milliseconds since the epoch; 0 when absent or unreadable. */
export const millis: QueryPart<number> = {
  read: (raw) => (raw !== undefined && /^\d{1,15}$/.test(raw) ? Number(raw) : 0),
  schema: Type.Integer({ minimum: 0, default: 0 }),
}

/** One of some words; the first is the default. */
export const choice = <const W extends string>(...words: [W, ...W[]]): QueryPart<W> => ({
  read: (raw) => words.find((word) => word === raw) ?? words[0],
  schema: Type.Union(words.map((word) => Type.Literal(word))),
})

const idPattern = /^[a-z0-9]{26}$/

/** Is this one of v4's identifiers: 26 lower-case letters and digits? */
export const isId = (value: unknown): value is string => typeof value === 'string' && idPattern.test(value)

/** An id in a query: '' when absent or malformed. */
export const idOrNone: QueryPart<string> = {
  read: (raw) => (isId(raw) ? raw : ''),
  schema: Type.String({ default: '' }),
}

/** The parts of a path that are in braces, for example `{post_id}`. */
export type PathParams<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & PathParams<Rest>
  : unknown

/**
 * Is `value` acceptable for the path part `name`? What ends in `_id` is an id, `user_id` also `me`; names are checked for length and
 * for characters that no name of v4 has, so that a refusal here never depends on what exists.
 */
export const fitsPath = (name: string, value: string): boolean => {
  if (name === 'category_id') return /^[a-z0-9_]{1,80}$/.test(value)
  if (name.endsWith('_id')) return idPattern.test(value) || (name === 'user_id' && value === 'me')
  return value.length > 0 && value.length <= 128 && !/[\0-\x20/\\]/.test(value)
}
