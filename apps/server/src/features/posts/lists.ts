/** Reading channels: pages of posts by place, by time, and by what changed. */
import type { InputOf, Post, PostList, posts } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import type { Written } from '../../core/route.ts'
import { type SeenChannel, type SeenPlace, seeChannels } from '../channels/index.ts'
import type { SeenPost } from './access.ts'
import { newestPage } from './newest.ts'
import { collapsed, newestFirst, rootsOf, stretch } from './pages.ts'
import { addPermalinks, withPermalinks } from './permalinks.ts'
import { postList, shownPost } from './records.ts'
import {
  findPosts,
  listPosts,
  type Page,
  pinnedPosts,
  postsAfter,
  postsBefore,
  postsChangedSince,
  savedPosts,
  type ThreadedPost,
  threadPosts,
} from './store.ts'

const MOST_CHANGED = 1000

/** The post that a page begins at; it must be in this channel. */
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
  if (isNewest(query)) return await newestPage(context, page, query)
  return await collapsed(context, await pageOf(context, query, page), query)
}

type PageQuery = InputOf<typeof posts.listInChannel>['query']

const isNewest = (query: PageQuery) =>
  query.page <= 0 && query.since <= 0 && query.before === '' && query.after === '' && !query.include_deleted

const pageOf = async (context: Context, query: PageQuery, page: Page): Promise<PostList> => {
  const { db } = context
  const { channelId, rootsOnly } = page
  if (query.since > 0) {
    const rows = await postsChangedSince(db, channelId, query.since, rootsOnly, MOST_CHANGED)
    return postList(rows, { others: await rootsOf(context, rows) })
  }
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

/** Posts by id as they are shown, in no order; whether they may be read is for the caller to judge. */
export const shownPosts = async ({ db }: Context, ids: readonly string[]): Promise<Post[]> =>
  ids.length > 0 ? (await findPosts(db, ids)).map(shownPost) : []

/** The same for the reply of an operation that only reads: large properties come late. */
export const listedPosts = async ({ db }: Context, ids: readonly string[]): Promise<Post[]> =>
  ids.length > 0 ? (await listPosts(db, ids)).map(shownPost) : []

/** Those of the posts whose channels the actor may see. */
export const readable = async (context: Context, rows: readonly ThreadedPost[]): Promise<ThreadedPost[]> => {
  const seen = await seeChannels(
    context,
    rows.map((post) => post.channel_id),
  )
  return rows.filter((post) => seen.has(post.channel_id))
}

/** Posts by id: those that the actor may read; the rest is left out, as if it were not there. */
export const listByIds = async (
  context: Context,
  { body }: InputOf<typeof posts.listByIds>,
): Promise<Post[]> => {
  const found = (await listPosts(context.db, body)).filter((post) => post.delete_at === 0)
  const shown = (await readable(context, found)).map(shownPost)
  await addPermalinks(context, shown)
  return shown
}

export const listPinned = async (
  context: Context,
  _input: unknown,
  { channel }: SeenChannel,
): Promise<PostList> => withPermalinks(context, postList(await pinnedPosts(context.db, channel.id)))

/** What somebody saved and may no longer read is passed over; a page can hold less than was asked for. */
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

/** The thread that a post belongs to, root first asked or not; cut by `perPage` from a post on. */
export const thread = async (
  context: Context,
  { query }: InputOf<typeof posts.thread>,
  { post }: SeenPost,
): Promise<PostList> => {
  const rows = await threadPosts(context.db, post.root_id || post.id)
  const [root, ...replies] = rows
  if (!root) throw new Fault('posts.not_found')
  const isUp = query.direction === 'up'
  const line = isUp ? replies.reverse() : replies
  const from = query.fromPost === '' ? 0 : line.findIndex((reply) => reply.id === query.fromPost) + 1
  const rest = line.slice(from).filter((reply) => {
    if (query.updatesOnly || query.fromUpdateAt > 0) return reply.update_at > query.fromUpdateAt
    if (query.fromCreateAt === 0 || query.fromPost !== '') return true
    return isUp ? reply.create_at < query.fromCreateAt : reply.create_at > query.fromCreateAt
  })
  const shown = query.perPage > 0 ? rest.slice(0, query.perPage) : rest
  const all = [root, ...shown].sort((a, b) => b.create_at - a.create_at)
  return await collapsed(context, { ...postList(all), has_next: shown.length < rest.length }, query)
}
