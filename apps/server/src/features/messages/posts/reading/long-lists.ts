/**
 * Lists without pages: a thread, changes of a channel, pinned posts, posts by id. Short lists are read at
 * once. For longer ones only the ids are read first; the posts are read a few at a time while the reply is
 * written (core/deferred.ts).
 */
import type { Post, PostList } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { Deferred, piecesOf, skeletonOf } from '../../../../core/deferred.ts'
import { newId } from '../../../../core/ids.ts'
import { postList } from '../records.ts'
import { findListed, type Listed, listPosts, type ThreadedPost } from '../store.ts'
import { type Collapsing, collapsed, missingRoots, rootsOf } from './pages.ts'

/** Lists up to this length are read at once. */
export const SHORT = 200

const AT_ONCE = 50
/**
 * The memory for posts that are being written to the reply at one time; most messages are much shorter than
 * the longest.
 */
const BYTES_AT_ONCE = 256 * 1024

const plain: Collapsing = { collapsedThreads: false, collapsedThreadsExtended: false }

/** The tombstone of a post that was deleted after the list began. */
const gone = (listed: Listed, now: number) => ({
  ...listed,
  update_at: now,
  delete_at: now,
  message: '',
  type: '',
  props: {},
  metadata: {},
})

/**
 * One value for each of `listed`, by id. When the reply reaches the first of several neighbours, all of them
 * are read.
 */
export const latePosts = (
  context: Context,
  listed: readonly Listed[],
  shape: Collapsing = plain,
): Record<string, Post> => {
  let at = -1
  let reading: Promise<PostList['posts']> | undefined
  const read = async (from: number) => {
    const ids = listed.slice(from, from + AT_ONCE).map(({ id }) => id)
    return (await collapsed(context, postList(await listPosts(context.db, ids)), shape)).posts
  }
  const postsFrom = (from: number) => {
    if (from !== at || !reading) {
      at = from
      reading = read(from)
    }
    return reading
  }
  // The list is new to everybody, and no later request will compare its ETag.
  const version = newId()
  const late = listed.map(
    (each, index) =>
      new Deferred(version, { held: 0, loaded: BYTES_AT_ONCE }, async function* () {
        const posts = await postsFrom(index - (index % AT_ONCE))
        yield* piecesOf(skeletonOf(posts[each.id] ?? gone(each, context.now)))
      }),
  )
  return Object.fromEntries(listed.map(({ id }, index) => [id, late[index]])) as unknown as PostList['posts']
}

type Shaping = {
  shape?: Collapsing
  /** Are the roots of replies added, as clients expect? */
  withRoots?: boolean
}

/**
 * A list of any length. If it is short, `first` has all its posts; otherwise it has a few more than a short
 * list may have, and `all` finds the posts of the whole list, in order.
 */
export const listOf = async (
  context: Context,
  first: readonly ThreadedPost[],
  all: () => Promise<readonly Listed[]>,
  { shape = plain, withRoots = false }: Shaping = {},
): Promise<PostList> => {
  if (first.length <= SHORT) {
    const others = withRoots ? await rootsOf(context, first) : []
    return await collapsed(context, postList(first, { others }), shape)
  }
  const listed = await all()
  const others = withRoots ? await findListed(context.db, missingRoots(listed)) : []
  const posts = latePosts(context, [...listed, ...others], shape)
  return { ...postList([]), order: listed.map(({ id }) => id), posts }
}
