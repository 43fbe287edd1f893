/** What a person does to threads: visible at once, and taken back if the server refuses. */
import { threads as operations, type Post } from '@plausch/wire'
import { batch } from '../../source.ts'
import type { Context } from '../noun.ts'
import type { ThreadLists } from './lists.ts'

export const threadCalls = ({ call }: Context, lists: ThreadLists) => {
  const { records, byTeam, opened, put, take, recount } = lists

  /** Threads of conversations are in every team; a path needs one. */
  const paramsOf = (teamId: string, threadId: string) => ({
    user_id: 'me',
    team_id: records.one(threadId)?.team_id || teamId,
    thread_id: threadId,
  })

  return {
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
  }
}
