/** Threads: a post with its replies, and who follows it. */
import { Type } from 'typebox'
import { flag, idOrNone, millis, page, perPage } from './input.ts'
import { get, operations } from './operation.ts'
import { Post } from './posts.ts'
import { Id, Millis, Props } from './records.ts'

export const Thread = Type.Object({
  id: Id,
  reply_count: Type.Integer(),
  last_reply_at: Millis,
  last_viewed_at: Millis,
  participants: Type.Array(Props),
  post: Post,
  unread_replies: Type.Integer(),
  unread_mentions: Type.Integer(),
  is_urgent: Type.Boolean(),
  delete_at: Millis,
})

export const ThreadList = Type.Object({
  total: Type.Integer(),
  total_unread_threads: Type.Integer(),
  total_unread_mentions: Type.Integer(),
  total_unread_urgent_mentions: Type.Integer(),
  threads: Type.Union([Type.Array(Thread), Type.Null()]),
})

export const threads = operations('threads', {
  list: get('/users/{user_id}/teams/{team_id}/threads', {
    query: {
      page,
      per_page: perPage,
      before: idOrNone,
      after: idOrNone,
      since: millis,
      unread: flag,
      deleted: flag,
      extended: flag,
      totalsOnly: flag,
      threadsOnly: flag,
    },
    reply: ThreadList,
  }),
})

/** `thread` is JSON of Thread. */
export const threadEvents = {
  thread_updated: Type.Object({
    thread: Type.String(),
    previous_unread_replies: Type.Integer(),
    previous_unread_mentions: Type.Integer(),
  }),
}
