/** What people change in threads: following, and what they have read. Each shows at once. */
import { threads as operations, type Thread } from '@plausch/wire'
import type { ChangingContext } from '../changes.ts'

import type { Posts } from '../posts/posts.ts'
import type { ThreadLists } from './lists.ts'

type Following = { teamId: string; threadId: string; isFollowing: boolean }
type Reading = { teamId: string; threadId: string; at: number }

/** `fetch` loads one thread of a team. */
export const threadChanges = (
  { call, changes, track }: ChangingContext,
  posts: Posts,
  { records, put, take }: ThreadLists,
  fetch: (teamId: string, threadId: string) => Promise<void>,
) => {
  const objectOf = ({ threadId }: { threadId: string }): string => `threads/${threadId}`
  /** Threads of conversations are in every team; a path needs one. */
  const paramsOf = ({ teamId, threadId }: { teamId: string; threadId: string }) => ({
    user_id: 'me',
    team_id: records.one(threadId)?.team_id || teamId,
    thread_id: threadId,
  })

  const follow = changes.kind<Following, unknown>({
    name: 'following',
    objectOf,
    replacesEarlier: true,
    apply({ threadId, isFollowing }, id) {
      const known = records.one(threadId)
      if (known) put({ ...known, is_following: isFollowing })
      posts.records.lay(id, threadId, (post) => post && { ...post, is_following: isFollowing })
    },
    undo({ teamId, threadId }, id) {
      posts.records.lift(id, threadId)
      track(fetch(teamId, threadId))
    },
    send: (data) =>
      call(data.isFollowing ? operations.follow : operations.unfollow, { params: paramsOf(data) }),
    done({ teamId, threadId, isFollowing }, _, id) {
      posts.records.lift(id, threadId, true)
      if (isFollowing) track(fetch(teamId, threadId))
    },
  })

  const read = changes.kind<Reading, Thread>({
    name: 'thread-read',
    objectOf,
    replacesEarlier: true,
    apply({ threadId, at }) {
      const known = records.one(threadId)
      if (!known) return
      const counters = at >= known.last_reply_at ? { unread_replies: 0, unread_mentions: 0 } : {}
      put({ ...known, ...counters, last_viewed_at: Math.max(known.last_viewed_at, at) })
    },
    undo: ({ teamId, threadId }) => track(fetch(teamId, threadId)),
    send: (data) => call(operations.read, { params: { ...paramsOf(data), timestamp: String(data.at) } }),
    done: ({ teamId }, thread) => put(take(thread, teamId)),
  })

  return {
    /** Follows a thread, or not any more; undone if the server refuses. `teamId` may be any of the person's. */
    follow: (teamId: string, threadId: string, isFollowing: boolean): Promise<void> =>
      follow({ teamId, threadId, isFollowing }),
    /** Marks the replies up to `at` as read. */
    read: (teamId: string, threadId: string, at: number): Promise<void> => read({ teamId, threadId, at }),
  }
}
