/**
 * Notifies the people whom an urgent post mentions again and again, until one of them responds in any way, or
 * the limit is reached.
 */
import { type Context, change, system } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import { findPosts, shownPost } from '../../messages/posts/index.ts'
import { findUsers } from '../../people/users/index.ts'
import { findChannelAccess } from '../../places/channels/index.ts'
import { announceCalled } from './events.ts'
import { eraseWornOut, type InsistingRow, stillThere, takeInsisting } from './insisting-store.ts'

const call = async (context: Context, { post_id, user_ids }: InsistingRow): Promise<void> => {
  const [post] = await findPosts(context.db, [post_id])
  if (!post || post.delete_at > 0) return
  const channel = await findChannelAccess(context.db, '', post.channel_id)
  const [author] = await findUsers(context.db, [post.user_id])
  if (!channel || channel.delete_at > 0 || (channel.team_delete_at ?? 0) > 0 || !author) return
  for (const userId of await stillThere(context.db, channel.id, user_ids)) {
    announceCalled(context, shownPost(post), channel, author.username, userId)
  }
}

/** Notifies the people of all posts that are due. */
export const callAgain = async (server: Server): Promise<void> => {
  const settings = server.settings().ServiceSettings
  if (!settings.PostPriority || !settings.AllowPersistentNotifications) return
  const most = settings.PersistentNotificationMaxCount
  const intervalMs = settings.PersistentNotificationIntervalMinutes * 60_000
  await change(server, { actor: system }, async (context) => {
    for (const row of await takeInsisting(context.db, context.now, intervalMs, most)) await call(context, row)
    await eraseWornOut(context.db, most)
  })
}
