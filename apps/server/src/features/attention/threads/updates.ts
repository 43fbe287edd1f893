/**
 * Sends `thread_updated` to followers after a reply. This needs the root, which is loaded after the commit,
 * so it runs separately from the writing of posts, one round at a time. Replies to one thread that arrive
 * during a round share one event, with the unread counts before the first and after the last of them.
 */
import type { Post } from '@plausch/wire'
import { read, system } from '../../../core/context.ts'
import { effect, nothingElsewhere } from '../../../core/effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { shownPosts } from '../../messages/posts/reading/index.ts'
import { publicUser, usersByIds } from '../../people/users/index.ts'
import { findChannels } from '../../places/channels/index.ts'
import { shownThread } from './records.ts'
import type { Follower, Reached } from './writing-store.ts'

type Update = Pick<Reached, 'post_id' | 'channel_id' | 'reply_count' | 'last_reply_at' | 'participants'> & {
  followers: readonly Follower[]
}

/** The later update, with the unread counts from before the earlier one. */
const joined = (earlier: Update | undefined, later: Update): Update => {
  const before = new Map(earlier?.followers.map((each) => [each.user_id, each]))
  return {
    ...later,
    followers: later.followers.map((each) => ({
      ...each,
      previous_unread_replies:
        before.get(each.user_id)?.previous_unread_replies ?? each.previous_unread_replies,
      previous_unread_mentions:
        before.get(each.user_id)?.previous_unread_mentions ?? each.previous_unread_mentions,
    })),
  }
}

const isUrgent = ({ metadata }: Post) => metadata.priority?.priority === 'urgent'

/**
 * Saves the work for people whom nobody can tell. Who is connected to other servers is known too late here: the
 * client may have loaded its threads before this reply, and would never hear of it.
 */
const isHeard = ({ bus, hub }: Server, userId: string): boolean => !bus.isAlone || hub.mayHear(userId)

const tell = (server: Server, updates: readonly Update[]): Promise<void> =>
  read(server, { actor: system }, async (context) => {
    const posts = new Map(
      (
        await shownPosts(
          context,
          updates.map((each) => each.post_id),
        )
      ).map((post) => [post.id, post]),
    )
    const users = await usersByIds(server, [...new Set(updates.flatMap((each) => each.participants))])
    const people = new Map(users.map((user) => [user.id, publicUser(server, user)]))
    const channels = await findChannels(context.db, [...new Set(updates.map((each) => each.channel_id))])
    const teamOf = new Map(channels.map((channel) => [channel.id, channel.team_id]))
    for (const update of updates) {
      const post = posts.get(update.post_id)
      if (!post || post.delete_at > 0) continue
      const team_id = teamOf.get(update.channel_id) ?? ''
      for (const follower of update.followers) {
        if (!isHeard(server, follower.user_id)) continue
        const row = {
          ...update,
          ...follower,
          team_id,
          delete_at: 0,
          following: true,
          is_urgent: isUrgent(post),
        }
        context.publish(
          'thread_updated',
          {
            thread: JSON.stringify(shownThread(row, post, people)),
            previous_unread_replies: follower.previous_unread_replies,
            previous_unread_mentions: follower.previous_unread_mentions,
          },
          { users: [follower.user_id], team: team_id },
        )
      }
    }
  })

const tellerOf = perServer(
  'threads whose followers are told',
  'puts requests of this server together',
  (server) => {
    let waiting = new Map<string, Update>()
    let isTelling = false
    const work = async () => {
      isTelling = true
      while (waiting.size > 0) {
        const updates = [...waiting.values()]
        waiting = new Map()
        await tell(server, updates).catch((error: unknown) =>
          server.log.error({ err: error }, 'followers of threads could not be told'),
        )
      }
      isTelling = false
    }
    return (update: Update) => {
      waiting.set(update.post_id, joined(waiting.get(update.post_id), update))
      if (!isTelling) server.background.run(work(), 'followers of threads could not be told')
    }
  },
)

/**
 * Sends `thread_updated` to the followers shortly after. Followers on other servers get it through events.
 */
export const tellFollowers = effect<Update>(
  'threads.tell_followers',
  (server, update) => tellerOf(server)(update),
  nothingElsewhere,
)
