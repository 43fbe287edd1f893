/** Threads: a post and the replies to it, as the people who follow them see them. */
import { type Static, Type } from 'typebox'
import { flag, idOrNone, millis, paging } from '../input.ts'
import { Post } from '../messages/posts.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { Participant } from '../people/users.ts'
import { Id, IdOrNone, JsonText, Millis, Ok } from '../records.ts'

/**
 * A thread as one of its followers sees it. `id` and `delete_at` are those of the root. `participants` are
 * those who wrote in it, the latest one last.
 */
export const Thread = Type.Object({
  id: Id,
  reply_count: Type.Integer(),
  last_reply_at: Millis,
  last_viewed_at: Millis,
  participants: Type.Array(Participant),
  post: Post,
  unread_replies: Type.Integer(),
  unread_mentions: Type.Integer(),
  is_following: Type.Boolean(),
  is_urgent: Type.Boolean(),
  delete_at: Millis,
})
export type Thread = Static<typeof Thread>

/**
 * The totals count all threads that the person follows in the team, and those in direct and group
 * conversations unless the request excludes them.
 */
export const ThreadList = Type.Object({
  total: Type.Integer(),
  total_unread_threads: Type.Integer(),
  total_unread_mentions: Type.Integer(),
  total_unread_urgent_mentions: Type.Integer(),
  threads: Type.Array(Thread),
})
export type ThreadList = Static<typeof ThreadList>

const place = '/users/{user_id}/teams/{team_id}/threads' as const

export const threads = operations('threads', {
  list: get(place, {
    query: {
      before: idOrNone,
      after: idOrNone,
      since: millis,
      per_page: paging(30, 200, 1),
      unread: flag,
      deleted: flag,
      extended: flag,
      totalsOnly: flag,
      threadsOnly: flag,
      excludeDirect: flag,
    },
    reply: ThreadList,
  }),
  readAll: put(`${place}/read`, { reply: Ok }),
  get: get(`${place}/{thread_id}`, { query: { extended: flag }, reply: Thread }),
  follow: put(`${place}/{thread_id}/following`, { reply: Ok }),
  unfollow: del(`${place}/{thread_id}/following`, { reply: Ok }),
  read: put(`${place}/{thread_id}/read/{timestamp}`, { reply: Thread }),
  markUnread: post(`${place}/{thread_id}/set_unread/{post_id}`, { reply: Thread }),
})

/**
 * `thread` is JSON of Thread. When a person reads one thread, the event names it; when they read all threads
 * of a channel or a team, it has only the time.
 */
export const threadEvents = {
  thread_updated: Type.Object({
    thread: JsonText(Thread),
    previous_unread_replies: Type.Integer(),
    previous_unread_mentions: Type.Integer(),
  }),
  thread_follow_changed: Type.Object({ thread_id: Id, state: Type.Boolean(), reply_count: Type.Integer() }),
  thread_read_changed: Type.Object({
    timestamp: Millis,
    thread_id: Type.Optional(Id),
    channel_id: Type.Optional(IdOrNone),
    unread_mentions: Type.Optional(Type.Integer()),
    unread_replies: Type.Optional(Type.Integer()),
    previous_unread_mentions: Type.Optional(Type.Integer()),
    previous_unread_replies: Type.Optional(Type.Integer()),
  }),
}
