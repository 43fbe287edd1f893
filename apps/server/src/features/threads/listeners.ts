/** What becomes of threads when posts go, and when clients that do not collapse threads read or mark them. */
import { within } from '../../core/facts.ts'
import { postsDeleted } from '../posts/index.ts'
import { channelsViewed, postMarkedUnread } from '../unreads/index.ts'
import { announceAllRead } from './events.ts'
import { readUpTo } from './service.ts'
import { readChannels, recount } from './store.ts'
import { tellFollowers } from './updates.ts'

export const listeners = [
  within(postsDeleted, async (context, { ids }) => {
    const followers = await recount(context.db, ids)
    for (const [post_id, rows] of Map.groupBy(followers, (row) => row.post_id)) {
      const [first] = rows
      if (first)
        context.committed(() => tellFollowers(context.server, { ...first, post_id, followers: rows }))
    }
  }),
  // Clients that do not collapse threads have read their replies with the channel.
  within(channelsViewed, async (context, { user_id, channel_ids }) => {
    for (const place of await readChannels(context.db, user_id, channel_ids, context.now)) {
      announceAllRead(context, user_id, { team: place.team_id, channel: place.channel_id }, context.now)
    }
  }),
  within(postMarkedUnread, async (context, { channel, post }) => {
    await readUpTo(context, channel, post.root_id || post.id, post.create_at - 1)
  }),
]
