/** Stretches of a channel, each with what clients want to know around it. */
import type { PostList } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { postList } from './records.ts'
import { findPosts, neighbours, newestPosts, type Page, type ThreadedPost } from './store.ts'

/** The roots of the replies in a list, which clients expect beside them. */
export const rootsOf = async ({ db }: Context, rows: readonly ThreadedPost[]): Promise<ThreadedPost[]> => {
  const present = new Set(rows.map((row) => row.id))
  const missing = new Set(rows.map((row) => row.root_id).filter((id) => id !== '' && !present.has(id)))
  return missing.size > 0 ? (await findPosts(db, [...missing])).filter((root) => root.delete_at === 0) : []
}

/** A stretch of a channel with its neighbours, so that clients know where they are and whether there is more. */
export const stretch = async (
  context: Context,
  channelId: string,
  rows: readonly ThreadedPost[],
  rootsOnly: boolean,
): Promise<PostList> => {
  const [newest, oldest] = [rows[0], rows.at(-1)]
  if (!newest || !oldest) return postList([])
  const beside = await neighbours(context.db, channelId, oldest.create_at, newest.create_at, rootsOnly)
  return postList(rows, { others: await rootsOf(context, rows), ...beside })
}

/** Pages of a channel from the newest post on. One more on either side is read with them: the neighbours. */
export const newestFirst = async (context: Context, page: Page): Promise<PostList> => {
  const { channelId, limit, offset, rootsOnly, withDeleted } = page
  // What remains of deleted posts is no neighbour.
  if (withDeleted) return await stretch(context, channelId, await newestPosts(context.db, page), rootsOnly)
  const newer = offset > 0 ? 1 : 0
  const found = await newestPosts(context.db, { ...page, limit: newer + limit + 1, offset: offset - newer })
  const rows = found.slice(newer, newer + limit)
  if (rows.length === 0) return postList([])
  const [next, prev] = [newer > 0 ? found[0] : undefined, found[newer + limit]]
  return postList(rows, { others: await rootsOf(context, rows), prev: prev?.id ?? '', next: next?.id ?? '' })
}
