import { setImmediate as nextTurn } from 'node:timers/promises'
import { mentionWords } from '@plausch/markdown'
import type { ChannelUnread, InputOf, PostList, TeamUnread, unreads } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Written } from '../../../core/route.ts'
import type { SeenPost } from '../../messages/posts/index.ts'
import { collapsed, newestPage, stretchAround } from '../../messages/posts/reading/index.ts'
import { type ChannelRow, isConversation, lockChannel, type SeenPlace } from '../../places/channels/index.ts'
import { announceUnread, announceViewed, channelsViewed, postMarkedUnread } from './events.ts'
import {
  findConcernedByAll,
  findNaming,
  othersPostsSince,
  readUntil,
  rollBackReads,
  unreadByTeam,
  unreadOfChannel,
  unreadThreadsByTeam,
  viewChannels,
} from './store.ts'
import { type Said, spokenIn } from './words.ts'

export const ofTeams = async (
  { db }: Context,
  { query }: Pick<InputOf<typeof unreads.ofTeams>, 'query'>,
  userId: string,
): Promise<TeamUnread[]> => {
  const threads = query.include_collapsed_threads ? await unreadThreadsByTeam(db, userId) : []
  const ofTeam = new Map(threads.map(({ team_id, ...counts }) => [team_id, counts]))
  return (await unreadByTeam(db, userId))
    .filter((totals) => totals.team_id !== query.exclude_team)
    .map((totals) => ({
      ...totals,
      ...(ofTeam.get(totals.team_id) ?? {
        thread_count: 0,
        thread_mention_count: 0,
        thread_urgent_mention_count: 0,
      }),
    }))
}

export const ofTeam = async (
  context: Context,
  _input: unknown,
  { userId, teamId }: { userId: string; teamId: string },
): Promise<TeamUnread> => {
  const all = await ofTeams(context, { query: { exclude_team: '', include_collapsed_threads: true } }, userId)
  const found = all.find((totals) => totals.team_id === teamId)
  if (!found) throw new Fault('teams.member_not_found')
  return found
}

/** The unread counts of one channel. In a muted channel only mentions count. */
export const ofChannel = async (
  context: Context,
  _input: unknown,
  { channel }: SeenPlace,
): Promise<ChannelUnread> => {
  const row = await unreadOfChannel(context.db, channel.id, context.actor.userId)
  if (!row) throw new Fault('channels.member_not_found')
  return row
}

/**
 * Skips channels where the person is not a member: the reply is the same as for channels that do not exist.
 */
const markViewed = async (context: Context, userId: string, channelIds: readonly string[]) => {
  const { server, db, now } = context
  const viewed = await viewChannels(db, userId, channelIds, now)
  const times = Object.fromEntries(viewed.map((row) => [row.channel_id, row.last_viewed_at]))
  if (viewed.length > 0 && server.settings().ServiceSettings.EnableChannelViewedMessages)
    announceViewed(context, userId, times)
  const withThreads = viewed.filter((row) => row.has_threads).map((row) => row.channel_id)
  return { reply: { status: 'OK' as const, last_viewed_at_times: times }, withThreads }
}

export const view = async (context: Context, { body }: InputOf<typeof unreads.view>, userId: string) => {
  const ids = [body.channel_id, body.prev_channel_id].filter((id): id is string => Boolean(id))
  const { reply, withThreads } = await markViewed(context, userId, ids)
  // Threads are read after the channel, by a statement that sees replies that arrived while the first one
  // waited. Most people follow no threads in most channels.
  if (!body.collapsed_threads_supported && withThreads.length > 0)
    await context.emit(channelsViewed, { user_id: userId, channel_ids: withThreads })
  return reply
}

export const markRead = async (
  context: Context,
  { body }: InputOf<typeof unreads.markRead>,
  userId: string,
) => (await markViewed(context, userId, body)).reply

/**
 * Counting mentions again must read posts. It reads only the newest ones: for the oldest post of a large
 * channel it would take minutes.
 */
export const MOST_READ_AGAIN = { posts: 1000, characters: 200_000 }
/** The number of characters that are parsed before other requests get their turn. */
const A_TURN = 20_000

/**
 * Parses messages in several turns of the event loop. The results stay cached for a moment, so counting
 * afterwards is cheap.
 */
const readInTurns = async (posts: readonly Said[]): Promise<void> => {
  let characters = 0
  for (const { message } of posts) {
    mentionWords(message)
    characters += message.length
    if (characters < A_TURN) continue
    characters = 0
    await nextTurn()
  }
}

/**
 * Which posts mention which of these people, by the rules that apply now. `@here` counts for them whether
 * they are online or not.
 */
export const mentionsIn = async <P extends Said>(
  { db, server }: Context,
  channel: Pick<ChannelRow, 'id' | 'type'>,
  posts: readonly P[],
  userIds: readonly string[],
): Promise<Map<string, readonly P[]>> => {
  if (isConversation(channel)) return new Map(userIds.map((id) => [id, posts]))
  await readInTurns(posts)
  const spoken = spokenIn(posts)
  const wide = new Set([...spoken.everybody, ...spoken.online])
  const most = server.settings().TeamSettings.MaxNotificationsPerChannel
  const concerned = wide.size > 0 ? await findConcernedByAll(db, channel.id, userIds, most) : []
  const listening = new Set(concerned.map(({ user_id }) => user_id))
  const named = Map.groupBy(await findNaming(db, channel.id, spoken, userIds), ({ user_id }) => user_id)
  return new Map(
    userIds.map((id) => {
      const numbers = new Set(named.get(id)?.map(({ n }) => n))
      const isHit = (n: number) => numbers.has(n) || (listening.has(id) && wide.has(n))
      return [id, posts.filter((_, index) => isHit(index + 1))]
    }),
  )
}

/** The posts of others that mention the actor. The actor is online, so `@here` counts for them. */
export const mentioning = async <P extends Said>(
  context: Context,
  channel: Pick<ChannelRow, 'id' | 'type'>,
  posts: readonly P[],
): Promise<readonly P[]> => {
  const { userId } = context.actor
  return (await mentionsIn(context, channel, posts, [userId])).get(userId) ?? []
}

/** Marks everything from this post on as unread. */
export const markUnread = async (
  context: Context,
  { body }: InputOf<typeof unreads.markUnread>,
  { post, channel }: SeenPost,
): Promise<ChannelUnread> => {
  const { actor, db } = context
  // Nothing may be written meanwhile: it would be unread, and its mention would not be counted.
  await lockChannel(db, channel.id)
  const hits = await mentioning(
    context,
    channel,
    await othersPostsSince(db, channel.id, actor.userId, post.create_at, MOST_READ_AGAIN),
  )
  const counts = {
    all: hits.length,
    roots: hits.filter((each) => each.root_id === '').length,
    urgent: hits.filter((each) => each.is_urgent).length,
  }
  const row = await rollBackReads(db, channel.id, actor.userId, post.create_at, counts)
  if (!row) throw new Fault('channels.member_not_found')
  const {
    msg_count,
    msg_count_root,
    mention_count,
    mention_count_root,
    urgent_mention_count,
    last_viewed_at,
  } = row
  const counters = {
    msg_count,
    msg_count_root,
    mention_count,
    mention_count_root,
    urgent_mention_count,
    last_viewed_at,
  }
  announceUnread(context, channel, { ...counters, post_id: post.id })
  if (!body.collapsed_threads_supported) {
    await context.emit(postMarkedUnread, { user_id: actor.userId, channel, post })
  }
  return { ...counters, team_id: row.team_id, user_id: actor.userId, channel_id: channel.id }
}

/**
 * The page around the first unread post. The newest page if nothing is unread, or if the person never read
 * anything because they are no member.
 */
export const postsAround = async (
  context: Context,
  { params, query }: InputOf<typeof unreads.postsAround>,
  { channel }: SeenPlace,
): Promise<PostList | Written> => {
  const page = { channelId: channel.id, rootsOnly: query.collapsedThreads }
  const moment = await readUntil(context.db, channel.id, params.user_id, page.rootsOnly)
  if (moment === undefined) return await newestPage(context, { ...page, limit: query.limit_before }, query)
  const limits = { before: query.limit_before, after: query.limit_after }
  return await collapsed(context, await stretchAround(context, page, moment, limits), query)
}
