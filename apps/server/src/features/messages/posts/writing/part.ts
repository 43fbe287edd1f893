/**
 * What other features add to the writing of posts. A part may contribute to the statement that writes a batch
 * (store.ts), say whom a post concerns, and tell of it after the commit. It is declared in
 * `Feature.extensions`, and runs in the order of the ranked list.
 */
import type { Context } from '../../../../core/context.ts'
import { point } from '../../../../core/extension.ts'
import type { Server } from '../../../../core/server.ts'
import { postsWritten } from '../events.ts'
import type { PostRow } from '../store.ts'
import type { NewRow } from './row.ts'

/** A common table expression that a part makes, and parts of higher features may read. */
export type Relation = { readonly name: string }

export const relation = (name: string): Relation => ({ name })

/**
 * The posts that are written, for the SQL of parts. Its columns: n (the number of the post in the batch, from
 * 1), id, user_id, channel_id, root_id, type, create_at, is_urgent, counts, marks_read, channel_type, and
 * total and total_root: the messages of the channel with this one.
 */
export const written = relation('written')

/** The rows that were asked for, for the SQL of parts; all columns of a row and n. */
export const input = relation('input')

export type Batch = {
  server: Server
  rows: readonly NewRow[]
  /** What the server remembered was out of date a moment ago: the part relies on the database only. */
  isCautious: boolean
  /** Does a lower part make the relation for this batch? A plain batch needs few of them. */
  has(relation: Relation): boolean
}

/**
 * What a part adds to the statement for one batch. It reads `written`, and writes tables of its feature only.
 */
export type Contribution = {
  values?: readonly unknown[]
  /** Common table expressions, each ended by a comma; `first` is the number of the first value. */
  sql?(first: number): string
  makes?: Relation
  /** The result for a post: an expression over `j`, the row that was asked for. */
  column?: string
  /**
   * A condition that is true when what the server remembers is out of date. Then nothing is written, and the
   * batch is planned again with `isCautious`.
   */
  isOutdated?(first: number): string
  /** Tells contributions apart that have the same number of values. */
  variant?: string
}

/** People whom a post concerns; the `posted` event tells them so. */
export type Concerned = { mentions?: readonly string[]; followers?: readonly string[] }

export type WrittenPost = {
  post: PostRow
  /**
   * Set if the answer of the database was lost, and the post was found later. The results were computed as if
   * the post were written again now. `replies` says how many posts of its batch are in its thread.
   */
  found?: { replies: number } | undefined
}

/** What a listener of `posts.written` may decide by. */
export type Said = Pick<PostRow, 'type' | 'message' | 'props' | 'root_id' | 'file_ids'>

/** A part whose column gives results of type R; null where it contributed no column. */
export type Part<R = unknown> = {
  /** The feature. */
  readonly name: string
  /** Undefined if the batch needs nothing of it. */
  contribute?(batch: Batch): Contribution | undefined
  concerned?(result: R): Concerned
  /**
   * The queue of the feature's listener of `posts.written`. It gets a job for a batch in which it wants a
   * post.
   */
  hears?: { queue: string; wants(said: Said, server: Server): boolean }
  /** Publishes events and effects of a post that is written. They are sent after `posted`. */
  tell?(context: Context, written: WrittenPost, result: R | null): void
}

export const writingParts = point<Part<never>>('posts.writing')

/** The queues of those who listen to `posts.written` and want one of these posts. */
export const hearing = (server: Server, posts: readonly Said[]): string[] => {
  const parts = server.extensions.of(writingParts)
  return server.facts.after(postsWritten.name).filter((queue) => {
    const hears = parts.find((part) => part.hears?.queue === queue)?.hears
    return !hears || posts.some((post) => hears.wants(post, server))
  })
}
