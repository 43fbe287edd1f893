/** What a person does to threads: visible at once, and taken back if the server refuses. */
import { threads as operations, type Post } from '@plausch/wire'
import { batch } from '../../source.ts'
import type { Context } from '../noun.ts'
import type { FollowedThread, ThreadLists } from './lists.ts'

type Fetch = (teamId: string, threadId: string) => Promise<void>

export const threadCalls = (context: Context, lists: ThreadLists, fetch: Fetch) => {
  const { call } = context
  const { records, byTeam, opened, put, take, recount } = lists

  /** Threads of conversations are in every team; a path needs one. */
  const paramsOf = (teamId: string, threadId: string) => ({
    user_id: 'me',
    team_id: records.one(threadId)?.team_id || teamId,
    thread_id: threadId,
  })

  /** Shows a change at once; if the server refuses it, takes it back unless something newer came. */
  const optimistic = async (
    threadId: string,
    change: (thread: FollowedThread) => FollowedThread,
    act: () => Promise<unknown>,
  ): Promise<void> => {
    const before = records.one(threadId)
    const shown = before && change(before)
    if (shown) put(shown)
    try {
      await act()
    } catch (fault) {
      if (before && records.one(threadId) === shown) put(before)
      throw fault
    }
  }

  return {
    /** Marks the replies up to `at` as read. `teamId` counts for threads of conversations. */
    read(teamId: string, threadId: string, at: number): Promise<void> {
      const isAll = (thread: FollowedThread): boolean => at >= thread.last_reply_at
      return optimistic(
        threadId,
        (thread) => ({
          ...thread,
          last_viewed_at: Math.max(thread.last_viewed_at, at),
          ...(isAll(thread) ? { unread_replies: 0, unread_mentions: 0 } : {}),
        }),
        async () => {
          const params = { ...paramsOf(teamId, threadId), timestamp: String(at) }
          put(take(await call(operations.read, { params }), teamId))
        },
      )
    },
    /** Marks all threads of a team, and of conversations, as read. */
    async readAll(teamId: string): Promise<void> {
      const before = records.get().filter((each) => each.unread_replies > 0 || each.unread_mentions > 0)
      const concerned = before.filter(({ team_id }) => team_id === teamId || team_id === '')
      batch(() => {
        for (const thread of concerned) put({ ...thread, unread_replies: 0, unread_mentions: 0 })
        // Those that are not loaded, too.
        byTeam.update(teamId, (team) => ({ ...team, unread: 0, mentions: 0, urgentMentions: 0 }))
      })
      try {
        await call(operations.readAll, { params: { user_id: 'me', team_id: teamId } })
      } catch (fault) {
        batch(() => concerned.forEach(put))
        recount(opened.keys())
        opened.again([teamId])
        throw fault
      }
    },
    /** Marks a reply and all later ones as unread; also follows the thread. */
    async markUnread(teamId: string, post: Post): Promise<void> {
      const threadId = post.root_id || post.id
      const params = { ...paramsOf(teamId, threadId), post_id: post.id }
      put(take(await call(operations.markUnread, { params }), teamId))
    },
    /** Begins or ends to follow a thread. */
    follow(teamId: string, threadId: string, isFollowing: boolean): Promise<void> {
      return optimistic(
        threadId,
        (thread) => ({ ...thread, is_following: isFollowing }),
        async () => {
          const params = paramsOf(teamId, threadId)
          await call(isFollowing ? operations.follow : operations.unfollow, { params })
          if (isFollowing) await fetch(teamId, threadId)
        },
      )
    },
  }
}
