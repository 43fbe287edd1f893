/** Lists of posts in channels: by page, by time, and by what changed. */
import type { InputOf, Post, PostList, posts } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { Fault } from '../../../../core/faults.ts'
import type { Written } from '../../../../core/route.ts'
import { type SeenChannel, type SeenPlace, seeChannels } from '../../../places/channels/index.ts'
import type { SeenPost } from '../access.ts'
import { postList, shownPost } from '../records.ts'
import {
  findListed,
  findPosts,
  listedChangedSince,
  listedPinned,
  listedReplies,
  listPosts,
  type Page,
  pinnedPosts,
  postsAfter,
  postsBefore,
  postsChangedSince,
  savedPosts,
  type ThreadedPost,
  type ThreadPart,
  threadPosts,
} from '../store.ts'
import { writable } from './heavy.ts'
import { latePosts, listOf, SHORT } from './long-lists.ts'
import { newestPage } from './newest.ts'
import { collapsed, newestFirst, stretch } from './pages.ts'
import { addPermalinks, withPermalinks } from './permalinks.ts'

const MOST_CHANGED = 1000
/** In effect no limit: clients may ask for whole threads. */
const MOST_REPLIES = 1_000_000

/** The post at which a page begins; it must be in this channel. */
const anchor = async ({ db }: Context, id: string, channelId: string): Promise<ThreadedPost> => {
  const [post] = await findPosts(db, [id])
  if (!post || post.channel_id !== channelId) throw new Fault('posts.not_found')
  return post
}

export const listInChannel = async (
  context: Context,
  { query }: InputOf<typeof posts.listInChannel>,
  { channel }: SeenPlace,
): Promise<PostList | Written> => {
  const page = {
    channelId: channel.id,
    rootsOnly: query.collapsedThreads,
    withDeleted: query.include_deleted,
    limit: query.per_page,
    offset: Math.max(query.page, 0) * query.per_page,
  }
  if (query.since > 0) return await changedSince(context, page, query)
  if (isNewest(query)) return await newestPage(context, page, query)
  return await collapsed(context, await pageOf(context, query, page), query)
}

type PageQuery = InputOf<typeof posts.listInChannel>['query']

const changedSince = async (context: Context, { channelId, rootsOnly }: Page, query: PageQuery) => {
  const { db } = context
  const changed = { channelId, since: query.since, rootsOnly, limit: MOST_CHANGED }
  const first = await postsChangedSince(db, { ...changed, limit: SHORT + 1 })
  return await listOf(context, first, () => listedChangedSince(db, changed), {
    shape: query,
    withRoots: true,
  })
}

const isNewest = (query: PageQuery) =>
  query.page <= 0 && query.before === '' && query.after === '' && !query.include_deleted

const pageOf = async (context: Context, query: PageQuery, page: Page): Promise<PostList> => {
  const { db } = context
  const { channelId, rootsOnly } = page
  if (query.before !== '') {
    const post = await anchor(context, query.before, channelId)
    return await stretch(context, channelId, await postsBefore(db, page, post.create_at), rootsOnly)
  }
  if (query.after !== '') {
    const post = await anchor(context, query.after, channelId)
    return await stretch(context, channelId, await postsAfter(db, page, post.create_at), rootsOnly)
  }
  return await newestFirst(context, page)
}

/** Posts by id as clients see them, in no order. The caller checks whether the actor may read them. */
export const shownPosts = async ({ db }: Context, ids: readonly string[]): Promise<Post[]> =>
  ids.length > 0 ? (await findPosts(db, ids)).map(shownPost) : []

/** Does the same for the reply of an operation that only reads: large properties are read later. */
export const listedPosts = async ({ db }: Context, ids: readonly string[]): Promise<Post[]> =>
  ids.length > 0 ? (await listPosts(db, ids)).map(shownPost) : []

/** Keeps the posts whose channels the actor may see. */
export const readable = async <P extends { channel_id: string }>(
  context: Context,
  rows: readonly P[],
): Promise<P[]> => {
  const seen = await seeChannels(
    context,
    rows.map((post) => post.channel_id),
  )
  return rows.filter((post) => seen.has(post.channel_id))
}

/** Posts by id. Those that the actor may not read are left out, as if they did not exist. */
export const listByIds = async (
  context: Context,
  { body }: InputOf<typeof posts.listByIds>,
): Promise<Post[]> => {
  if (body.length > SHORT) return await listManyByIds(context, body)
  const found = (await listPosts(context.db, body)).filter((post) => post.delete_at === 0)
  const shown = (await readable(context, found)).map(shownPost)
  await addPermalinks(context, shown)
  return [...writable(shown)]
}

const listManyByIds = async (context: Context, ids: readonly string[]): Promise<Post[]> =>
  Object.values(latePosts(context, await readable(context, await findListed(context.db, ids))))

export const listPinned = async (
  context: Context,
  _input: unknown,
  { channel }: SeenChannel,
): Promise<PostList> =>
  await listOf(context, await pinnedPosts(context.db, channel.id, SHORT + 1), () =>
    listedPinned(context.db, channel.id),
  )

/** Saved posts that the person may no longer read are skipped, so a page can be shorter than requested. */
export const listSaved = async (
  context: Context,
  { query }: InputOf<typeof posts.listSaved>,
  userId: string,
): Promise<PostList> => {
  const rows = await savedPosts(context.db, {
    userId,
    teamId: query.team_id,
    channelId: query.channel_id,
    limit: query.per_page,
    offset: Math.max(query.page, 0) * query.per_page,
  })
  return await withPermalinks(context, postList(await readable(context, rows)))
}

/** The time of the reply after which a part of a thread begins; 0 if it is not in this thread. */
const timeOf = async ({ db }: Context, replyId: string, rootId: string): Promise<number> => {
  const [reply] = replyId === '' ? [] : await findListed(db, [replyId])
  return reply?.root_id === rootId ? reply.create_at : 0
}

type ThreadQuery = InputOf<typeof posts.thread>['query']

/** The replies that the request asks for, and one more to see whether others follow. */
const partOf = async (context: Context, rootId: string, query: ThreadQuery): Promise<ThreadPart> => {
  const onlyChanged = query.updatesOnly || query.fromUpdateAt > 0
  const from =
    query.fromPost === '' && !onlyChanged ? query.fromCreateAt : await timeOf(context, query.fromPost, rootId)
  return {
    rootId,
    isUp: query.direction === 'up',
    from,
    changedAfter: onlyChanged ? query.fromUpdateAt : 0,
    limit: query.perPage > 0 ? query.perPage + 1 : MOST_REPLIES,
  }
}

/**
 * The thread of a post. The root always comes with it. `perPage` cuts the replies, starting from a given
 * post.
 */
export const thread = async (
  context: Context,
  { query }: InputOf<typeof posts.thread>,
  { post }: SeenPost,
): Promise<PostList> => {
  const { db } = context
  const rootId = post.root_id || post.id
  const part = await partOf(context, rootId, query)
  const first = await threadPosts(db, { ...part, limit: Math.min(part.limit, SHORT + 1) })
  const root = first.find(({ id }) => id === rootId)
  if (!root) throw new Fault('posts.not_found')
  const isCut = query.perPage > 0 && first.length - 1 > query.perPage
  if (isCut) first.splice(part.isUp ? -2 : 0, 1)
  let hasNext = isCut
  const list = await listOf(
    context,
    first,
    async () => {
      const replies = await listedReplies(db, part)
      hasNext = query.perPage > 0 && replies.length > query.perPage
      if (hasNext) replies.pop()
      return [...(part.isUp ? replies : replies.reverse()), root]
    },
    { shape: query },
  )
  return { ...list, has_next: hasNext }
}
