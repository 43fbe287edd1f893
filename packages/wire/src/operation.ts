/** The vocabulary of the contract: an operation is one method on one path, with its input and output. */
import { type Static, type TSchema, Type } from 'typebox'
import type { PathParams, Query, QueryOf } from './input.ts'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'

/** A request body that the operation reads while it arrives. */
export type Incoming = {
  /** The content type that the client sent; '' if it sent none. */
  type: string
  /** The announced number of bytes; undefined if the client did not announce one. */
  length: number | undefined
  bytes: AsyncIterable<Uint8Array>
}

/**
 * The body of operations that take files: raw bytes, or a form (`multipart/form-data`). Only the operation
 * itself limits its size.
 */
export const Upload = Type.Unsafe<Incoming>({ type: 'string', format: 'binary' })

/** Does the operation read its body itself, while it arrives? */
export const isStreamed = (operation: { body?: TSchema }): boolean => operation.body === Upload

type Details<Q extends Query, B extends TSchema | undefined, R extends TSchema | undefined> = {
  /** Parts of the query string; the server ignores others. */
  query?: Q
  /**
   * The schema of the body. The server ignores other properties and treats `null` as absent (as Go's decoder
   * does).
   */
  body?: B
  /** The schema of the reply's body. Without it the operation writes its own body (see `type`). */
  reply?: R
  /** The status of success; 200 by default. */
  status?: 200 | 201
  /** The content type, if it is not `application/json`. */
  type?: string
  /** The largest body in bytes; 300,000 by default (v4's limit for anything but files). */
  maxBody?: number
  /**
   * Replies carry an `ETag`; a client that already has the reply gets 304 (v4 does so for the same ones:
   * semantics 4).
   */
  hasTag?: boolean
  /** The operation accepts a cookie without the CSRF header, as v4 does for a few that change nothing. */
  csrfFree?: boolean
  /** The operation checks a secret that could be guessed. A separate rate limit bounds the attempts. */
  signsIn?: boolean
  /**
   * The operation also answers an actor who must set up a second factor and has none yet: `always`, or only
   * about themselves.
   */
  withoutMfa?: 'always' | 'oneself'
}

export type Operation<
  P extends string = string,
  Q extends Query = Query,
  B extends TSchema | undefined = TSchema | undefined,
  R extends TSchema | undefined = TSchema | undefined,
> = Details<Q, B, R> & {
  /** `noun.verb`: the search key everywhere. */
  id: string
  method: Method
  /** The full path, with its parameters in braces. */
  path: P
}

/** The checked input that a guard and a function of this operation receive. */
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

/** Operations of v4 whose paths do not start with `/api/v4`. */
export const rooted = verbs('')

/** Operations that v4 does not have; no Mattermost client needs them. */
export const ours = verbs('/api/plausch')

/** Gives each operation of a noun its id: `operations('posts', { create: … })` makes `posts.create`. */
export const operations = <T extends Record<string, { id: string }>>(noun: string, table: T): T => {
  for (const [name, operation] of Object.entries(table)) operation.id = `${noun}.${name}`
  return table
}
