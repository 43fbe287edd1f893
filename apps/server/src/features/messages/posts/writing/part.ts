/**
 * What other features add to the writing of posts. A part may contribute to the statement that writes a batch
 * (store.ts), say whom a post concerns, and publish events after the commit. Features declare parts in
 * `Feature.extensions`; they run in the order of the ranked list.
 */
import type { Context } from '../../../../core/context.ts'
import { point } from '../../../../core/extension.ts'
import type { Server } from '../../../../core/server.ts'
import { postsWritten } from '../events.ts'
import type { PostRow } from '../store.ts'
import type { NewRow } from './row.ts'

/** A common table expression that a part makes and that parts of higher features may read. */
export type Relation = { readonly name: string }

export const relation = (name: string): Relation => ({ name })

/**
 * The posts that are written, for the SQL of parts. Its columns: n (the number of the post in the batch, from
 * 1), id, user_id, channel_id, root_id, type, create_at, is_urgent, counts, marks_read, channel_type, and
 * total and total_root: the messages of the channel including this one.
 */
export const written = relation('written')

/** The rows of the request, for the SQL of parts: all columns of a row, and n. */
export const input = relation('input')

export type Batch = {
  server: Server
  rows: readonly NewRow[]
  /** The server's memory was outdated a moment ago: the part must rely on the database only. */
  isCautious: boolean
  /** Does a lower part make the relation for this batch? Ordinary batches need few of them. */
  has(relation: Relation): boolean
}

/**
 * What a part adds to the statement for one batch. It reads `written`, and writes only tables of its own
 * feature.
 */
export type Contribution = {
  values?: readonly unknown[]
  /** Common table expressions, each followed by a comma. `first` is the number of the first parameter. */
  sql?(first: number): string
  makes?: Relation
  /** The result for a post: an expression over `j`, the row of the request. */
  column?: string
  /**
   * A condition that is true if the server's memory is outdated. Then nothing is written, and the batch is
   * planned again with `isCautious`.
   */
  isOutdated?(first: number): string
  /** Distinguishes contributions that have the same number of parameters. */
  variant?: string
}

/** People whom a post concerns; their `posted` event says so. */
export type Concerned = { mentions?: readonly string[]; followers?: readonly string[] }

export type WrittenPost = {
  post: PostRow
  /**
   * Set if the answer of the database was lost and the post was found later. The results were computed as if
   * the post were written again now. `replies` says how many posts of its batch are in its thread.
   */
  found?: { replies: number } | undefined
}

/** What a listener of `posts.written` may base its decision on. */
export type Said = Pick<PostRow, 'type' | 'message' | 'props' | 'root_id' | 'file_ids'>

/** A part whose column gives results of type R; null if it contributed no column. */
export type Part<R = unknown> = {
  /** The name of the feature. */
  readonly name: string
  /** Undefined if the batch needs nothing of this part. */
  contribute?(batch: Batch): Contribution | undefined
  concerned?(result: R): Concerned
  /**
   * The queue of the feature's listener of `posts.written`. It gets a job for each batch that has a post it
   * wants.
   */
  hears?: { queue: string; wants(said: Said, server: Server): boolean }
  /** Publishes events and effects of a written post. They are sent after `posted`. */
  tell?(context: Context, written: WrittenPost, result: R | null): void
}

export const writingParts = point<Part<never>>('posts.writing')

/** The queues of the listeners of `posts.written` that want at least one of these posts. */
export const hearing = (server: Server, posts: readonly Said[]): string[] => {
  const parts = server.extensions.of(writingParts)
  return server.facts.after(postsWritten.name).filter((queue) => {
    const hears = parts.find((part) => part.hears?.queue === queue)?.hears
    return !hears || posts.some((post) => hears.wants(post, server))
  })
}
