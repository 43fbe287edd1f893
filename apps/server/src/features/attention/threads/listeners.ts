/**
 * Updates threads when posts are deleted, and when clients that do not collapse threads read a channel or
 * mark it as unread.
 */
import type { Context } from '../../../core/context.ts'
import { within } from '../../../core/facts.ts'
import { type PostEraser, postInserted } from '../../messages/posts/index.ts'
import { findChannels } from '../../places/channels/index.ts'
import { channelsViewed, MOST_READ_AGAIN, mentionsIn, postMarkedUnread } from '../unreads/index.ts'
import { announceAllRead } from './events.ts'
import { readUpTo } from './service.ts'
import { insertReply, lowerMentions, type Recounted, readChannels, recount, repliesSince } from './store.ts'
import { tellFollowers } from './updates.ts'

/**
 * A deleted reply takes its mentions back. Its text is gone, so for followers with unread mentions the server
 * counts the mentions in the remaining replies. A follower with more unread replies than the server reads
 * keeps their count.
 */
const withoutTheirMentions = async (context: Context, followers: readonly Recounted[]) => {
  const mentioned = followers.filter((each) => each.unread_mentions > 0)
  const [first] = mentioned
  const [channel] = first ? await findChannels(context.db, [first.channel_id]) : []
  if (!first || !channel) return followers
  const since = Math.min(...mentioned.map((each) => each.last_viewed_at))
  const replies = await repliesSince(context.db, first.post_id, since, MOST_READ_AGAIN)
  const ids = mentioned.map((each) => each.user_id)
  const hits = await mentionsIn(context, channel, replies, ids)
  const isCut = (unread: number, read: number) => read < unread
  const left = new Map(
    mentioned.flatMap(({ user_id, last_viewed_at, unread_mentions, unread_replies }) => {
      const later = replies.filter((each) => each.create_at > last_viewed_at)
      if (isCut(unread_replies, later.length)) return []
      const isTheirs = (each: (typeof replies)[number]) =>
        each.create_at > last_viewed_at && each.user_id !== user_id
      const found = hits.get(user_id)?.filter(isTheirs).length ?? 0
      return [[user_id, Math.min(unread_mentions, found)] as const]
    }),
  )
  await lowerMentions(context.db, first.post_id, [...left.keys()], [...left.values()])
  return followers.map((each) => ({
    ...each,
    unread_mentions: left.get(each.user_id) ?? each.unread_mentions,
  }))
}

/** Counts the threads of deleted replies anew, and tells their followers. */
export const countWithout: PostEraser = async (context, postIds) => {
  for (const [post_id, rows] of Map.groupBy(await recount(context.db, postIds), (row) => row.post_id)) {
    const followers = await withoutTheirMentions(context, rows)
    const [first] = followers
    if (first) context.effect(tellFollowers, { ...first, post_id, followers })
  }
}

export const listeners = [
  within(postInserted, async ({ db }, { post }) => {
    if (post.root_id !== '') await insertReply(db, post)
  }),
  // Clients that do not collapse threads show replies in the channel, so reading the channel reads its
  // threads.
  within(channelsViewed, async (context, { user_id, channel_ids }) => {
    for (const place of await readChannels(context.db, user_id, channel_ids, context.now)) {
      announceAllRead(context, user_id, { team: place.team_id, channel: place.channel_id }, context.now)
    }
  }),
  within(postMarkedUnread, async (context, { channel, post }) => {
    await readUpTo(context, channel, post.root_id || post.id, post.create_at - 1)
  }),
]
