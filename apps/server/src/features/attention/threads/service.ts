import type { InputOf, Thread, ThreadList, threads } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { listedPosts, shownPosts, writablePosts } from '../../messages/posts/reading/index.ts'
import { shownUser, usersByIds } from '../../people/users/index.ts'
import type { ChannelRow } from '../../places/channels/index.ts'
import { MOST_READ_AGAIN, mentioning } from '../unreads/index.ts'
import type { SeenThread } from './access.ts'
import { announceAllRead, announceFollow, announceRead } from './events.ts'
import { shownThread } from './records.ts'
import {
  countReplies,
  findFollowed,
  listFollowed,
  lockFollower,
  readTeam,
  repliesSince,
  setFollowing,
  setRead,
  type ThreadRow,
  totalsOf,
} from './store.ts'

type Input<K extends keyof typeof threads> = InputOf<(typeof threads)[K]>
type Own = { userId: string; teamId: string }

const shown = async (
  context: Context,
  rows: readonly ThreadRow[],
  isExtended: boolean,
  postsOf = shownPosts,
): Promise<Thread[]> => {
  const ids = rows.map((row) => row.post_id)
  const posts = new Map((await postsOf(context, ids)).map((post) => [post.id, post]))
  const participants = isExtended ? [...new Set(rows.flatMap((row) => row.participants))] : []
  const users = await usersByIds(context.server, participants)
  const people = new Map(users.map((user) => [user.id, shownUser(context, user)]))
  const found = rows.filter((row) => posts.has(row.post_id))
  const roots = writablePosts(found.flatMap((row) => posts.get(row.post_id) ?? []))
  return found.flatMap((row, index) => {
    const post = roots[index]
    return post ? [shownThread(row, post, people)] : []
  })
}

export const list = async (context: Context, { query }: Input<'list'>, own: Own): Promise<ThreadList> => {
  const { db } = context
  const withDirect = !query.excludeDirect
  const totals = query.threadsOnly ? undefined : await totalsOf(db, { ...own, withDirect })
  const rows = query.totalsOnly
    ? []
    : await listFollowed(db, { ...own, ...query, withDirect, limit: query.per_page })
  return {
    total: totals?.total ?? 0,
    total_unread_threads: totals?.unread_threads ?? 0,
    total_unread_mentions: totals?.unread_mentions ?? 0,
    total_unread_urgent_mentions: totals?.urgent_mentions ?? 0,
    threads: await shown(context, rows, query.extended, listedPosts),
  }
}

/** The thread as its follower sees it; throws `threads.not_followed` for other people. */
const followed = async (context: Context, { post, userId }: SeenThread): Promise<ThreadRow> => {
  const row = await findFollowed(context.db, post.id, userId)
  if (!row?.following) throw new Fault('threads.not_followed')
  return row
}

export const get = async (context: Context, { query }: Input<'get'>, seen: SeenThread): Promise<Thread> => {
  const [thread] = await shown(context, [await followed(context, seen)], query.extended)
  if (!thread) throw new Fault('threads.not_followed')
  return thread
}

const setFollow =
  (following: boolean) =>
  async (context: Context, _input: unknown, { post, userId, teamId }: SeenThread) => {
    const { db, now } = context
    await setFollowing(db, { post_id: post.id, channel_id: post.channel_id, user_id: userId }, following, now)
    announceFollow(context, { userId, teamId }, post.id, following, await countReplies(db, post.id))
    return { status: 'OK' as const }
  }

export const follow = setFollow(true)
export const unfollow = setFollow(false)

export const readAll = async (context: Context, _input: unknown, { userId, teamId }: Own) => {
  await readTeam(context.db, userId, teamId, context.now)
  announceAllRead(context, userId, { team: teamId }, context.now)
  return { status: 'OK' as const }
}

/**
 * Marks replies up to `time` as read and later ones as unread; undefined if the actor does not follow the
 * thread.
 */
export const readUpTo = async (
  context: Context,
  channel: ChannelRow,
  threadId: string,
  time: number,
): Promise<ThreadRow | undefined> => {
  const { actor, db, now } = context
  await lockFollower(db, threadId, actor.userId)
  const before = await findFollowed(db, threadId, actor.userId)
  if (!before?.following) return undefined
  const later = await repliesSince(db, threadId, time, MOST_READ_AGAIN)
  const others = later.filter(({ user_id }) => user_id !== actor.userId)
  await setRead(db, threadId, actor.userId, time, (await mentioning(context, channel, others)).length, now)
  const after = await findFollowed(db, threadId, actor.userId)
  if (after) announceRead(context, actor.userId, before, after)
  return after
}

const readOne = async (context: Context, { channel, post }: SeenThread, time: number): Promise<Thread> => {
  const row = await readUpTo(context, channel, post.id, time)
  const [thread] = row ? await shown(context, [row], false) : []
  if (!thread) throw new Fault('threads.not_followed')
  return thread
}

export const read = (context: Context, { params }: Input<'read'>, seen: SeenThread): Promise<Thread> => {
  const time = Number(params.timestamp)
  if (!/^\d{1,15}$/.test(params.timestamp)) {
    throw new Fault('api.context.invalid_url_param.app_error', { name: 'timestamp' })
  }
  return readOne(context, seen, time)
}

/** Marks the thread as unread from this reply on; from its root on, all of it. */
export const markUnread = async (
  context: Context,
  { params }: Input<'markUnread'>,
  seen: SeenThread,
): Promise<Thread> => {
  const [post] = await shownPosts(context, [params.post_id])
  const { id } = seen.post
  if (!post || post.delete_at > 0 || (post.root_id !== id && post.id !== id))
    throw new Fault('posts.not_found')
  return await readOne(context, seen, post.create_at - 1)
}
