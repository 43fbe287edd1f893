/** Pages of a channel with their context (neighbours, roots), and lists as their readers get them. */
import type { PostList } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { shownUser, usersByIds } from '../../../people/users/index.ts'
import { postList } from '../records.ts'
import {
  followedOf,
  listPosts,
  neighbours,
  newestPosts,
  type Page,
  postsAfter,
  postsBefore,
  type ThreadedPost,
} from '../store.ts'
import { writableById } from './heavy.ts'
import { addPermalinks } from './permalinks.ts'

/** Ids of roots that are not in the list although their replies are. */
export const missingRoots = (rows: readonly { id: string; root_id: string }[]): string[] => {
  const present = new Set(rows.map((row) => row.id))
  return [...new Set(rows.map((row) => row.root_id).filter((id) => id !== '' && !present.has(id)))]
}

/** The roots of the replies in a list; clients expect them with it. */
export const rootsOf = async ({ db }: Context, rows: readonly ThreadedPost[]): Promise<ThreadedPost[]> => {
  const missing = missingRoots(rows)
  return missing.length > 0 ? (await listPosts(db, missing)).filter((root) => root.delete_at === 0) : []
}

/**
 * A page of a channel with its neighbours, so that clients know where it is and whether more posts follow.
 */
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

/**
 * The posts before and after a time; clients show them to a person who comes back. Reads one more post on
 * each side: the neighbours.
 */
export const stretchAround = async (
  context: Context,
  page: Pick<Page, 'channelId' | 'rootsOnly'>,
  moment: number,
  { before, after }: { before: number; after: number },
): Promise<PostList> => {
  const around = { ...page, withDeleted: false, offset: 0 }
  const [newer, older] = await Promise.all([
    postsAfter(context.db, { ...around, limit: after + 1 }, moment),
    postsBefore(context.db, { ...around, limit: before + 1 }, moment + 1),
  ])
  const next = newer.length > after ? newer.shift() : undefined
  const prev = older.length > before ? older.pop() : undefined
  const rows = [...newer, ...older]
  return postList(rows, { others: await rootsOf(context, rows), prev: prev?.id ?? '', next: next?.id ?? '' })
}

/** Pages of a channel, beginning with the newest post. Reads one more post on each side: the neighbours. */
export const newestFirst = async (context: Context, page: Page): Promise<PostList> => {
  const { channelId, limit, offset, rootsOnly, withDeleted } = page
  // Deleted posts are never neighbours, so they are looked up separately.
  if (withDeleted) return await stretch(context, channelId, await newestPosts(context.db, page), rootsOnly)
  const newer = offset > 0 ? 1 : 0
  const found = await newestPosts(context.db, { ...page, limit: newer + limit + 1, offset: offset - newer })
  const rows = found.slice(newer, newer + limit)
  if (rows.length === 0) return postList([])
  const [next, prev] = [newer > 0 ? found[0] : undefined, found[newer + limit]]
  return postList(rows, { others: await rootsOf(context, rows), prev: prev?.id ?? '', next: next?.id ?? '' })
}

export type Collapsing = { collapsedThreads: boolean; collapsedThreadsExtended: boolean }

/**
 * A list as its reader gets it, with previews of linked posts. If threads are collapsed, clients need to know
 * which roots the reader follows, and may ask for the full records of their participants.
 */
export const collapsed = async (
  context: Context,
  list: PostList,
  { collapsedThreads, collapsedThreadsExtended }: Collapsing,
): Promise<PostList> => {
  await addPermalinks(context, Object.values(list.posts))
  if (!collapsedThreads) return { ...list, posts: writableById(list.posts) }
  const roots = Object.values(list.posts).filter((post) => post.root_id === '')
  const followed = await followedOf(
    context.db,
    context.actor.userId,
    roots.map((post) => post.id),
  )
  const ids = collapsedThreadsExtended
    ? roots.flatMap((post) => post.participants ?? []).map(({ id }) => String(id))
    : []
  const users = await usersByIds(context.server, [...new Set(ids)])
  const people = new Map(users.map((user) => [user.id, shownUser(context, user)]))
  for (const root of roots) {
    root.is_following = followed.has(root.id)
    root.participants = root.participants?.map((each) => people.get(String(each.id)) ?? each) ?? null
  }
  return { ...list, posts: writableById(list.posts) }
}
