/** The vocabulary of the contract: an operation is one method on one path, with what goes in and what comes out. */
import { type Static, type TSchema, Type } from 'typebox'
import type { PathParams, Query, QueryOf } from './input.ts'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'

/** A body that the operation reads as it arrives. */
export type Incoming = {
  /** The content type as it was sent; '' for none. */
  type: string
  /** How many bytes were announced; undefined where that was not said. */
  length: number | undefined
  bytes: AsyncIterable<Uint8Array>
}

/** The body of operations that take files: bytes as they are, or a form (`multipart/form-data`). It has no size but the operation's own limits. */
export const Upload = Type.Unsafe<Incoming>({ type: 'string', format: 'binary' })

/** Does the operation read its body itself, as it arrives? */
export const isStreamed = (operation: { body?: TSchema }): boolean => operation.body === Upload

type Details<Q extends Query, B extends TSchema | undefined, R extends TSchema | undefined> = {
  /** Parts of the query string; others are ignored. */
  query?: Q
  /** What the body must be. Properties not named here are ignored, `null` counts as absent (as Go's decoder has it). */
  body?: B
  /** The reply's body; without it the operation writes its own (see `type`). */
  reply?: R
  /** Status of success; 200 unless said. */
  status?: 200 | 201
  /** Content type where it is not `application/json`. */
  type?: string
  /** Largest body in bytes; 300,000 unless said (v4's limit for what is not a file). */
  maxBody?: number
  /** Replies carry an `ETag` and are not sent to those who have them (v4 does so for the same ones: semantics 4). */
  hasTag?: boolean
  /** The operation accepts a cookie without the CSRF header, as v4 has it for a few that change nothing. */
  csrfFree?: boolean
  /** Proves who somebody is by a secret that could be guessed: there is a limit of its own for how often that may be tried. */
  signsIn?: boolean
  /** Answered also where everybody must have a second factor and the actor has none yet: `always`, or if it is about oneself. */
  withoutMfa?: 'always' | 'oneself'
}

export type Operation<
  P extends string = string,
  Q extends Query = Query,
  B extends TSchema | undefined = TSchema | undefined,
  R extends TSchema | undefined = TSchema | undefined,
> = Details<Q, B, R> & {
  /** `noun.verb`, the search key everywhere. */
  id: string
  method: Method
  /** The full path with parameters in braces. */
  path: P
}

/** What a guard and a function of this operation are handed, checked. */
export type InputOf<O> =
  O extends Operation<infer P, infer Q, infer B, infer _R>
    ? { params: PathParams<P>; query: QueryOf<Q>; body: B extends TSchema ? Static<B> : undefined }
    : never

/** What a function of this operation returns. */
export type ReplyOf<O> =
  O extends Operation<infer _P, infer _Q, infer _B, infer R>
    ? R extends TSchema
      ? Static<R>
      : unknown
    : never

const verb =
  (method: Method, prefix: string) =>
  <
    P extends string,
    // biome-ignore lint/complexity/noBannedTypes: an operation without a query has no names in it
    Q extends Query = {},
    B extends TSchema | undefined = undefined,
    R extends TSchema | undefined = undefined,
  >(
    path: P,
    details: Details<Q, B, R>,
  ): Operation<P, Q, B, R> => ({ ...details, id: '', method, path: `${prefix}${path}` as P })

const verbs = (prefix: string) => ({
  get: verb('GET', prefix),
  head: verb('HEAD', prefix),
  post: verb('POST', prefix),
  put: verb('PUT', prefix),
  patch: verb('PATCH', prefix),
  del: verb('DELETE', prefix),
})

/** Operations of Mattermost's API v4. */
export const { get, head, post, put, patch, del } = verbs('/api/v4')

/** Operations of v4 that stand outside its own path. */
export const rooted = verbs('')

/** Operations that v4 does not have; no Mattermost client ever needs them. */
export const ours = verbs('/api/plausch')

/** Names the operations of a noun: `operations('posts', { create: … })` makes `posts.create`. */
export const operations = <T extends Record<string, { id: string }>>(noun: string, table: T): T => {
  for (const [name, operation] of Object.entries(table)) operation.id = `${noun}.${name}`
  return table
}
