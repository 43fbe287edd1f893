/** What a person has not read yet: counters and marks. */
import { type Static, Type } from 'typebox'
import { count, flag, idOrNone } from '../input.ts'
import { PostList } from '../messages/posts.ts'
import { get, operations, post } from '../operation.ts'
import { Id, IdOrNone, Ids, Millis } from '../records.ts'

export const TeamUnread = Type.Object({
  team_id: Id,
  msg_count: Type.Integer(),
  mention_count: Type.Integer(),
  mention_count_root: Type.Integer(),
  msg_count_root: Type.Integer(),
  thread_count: Type.Integer(),
  thread_mention_count: Type.Integer(),
  thread_urgent_mention_count: Type.Integer(),
})
export type TeamUnread = Static<typeof TeamUnread>

/**
 * The counters of a membership after a post was marked unread. In the reply to a request for the counters,
 * `msg_count` is the number of unread messages.
 */
export const ChannelUnread = Type.Object({
  team_id: IdOrNone,
  user_id: Id,
  channel_id: Id,
  msg_count: Type.Integer(),
  mention_count: Type.Integer(),
  mention_count_root: Type.Integer(),
  urgent_mention_count: Type.Integer(),
  msg_count_root: Type.Integer(),
  last_viewed_at: Millis,
})
export type ChannelUnread = Static<typeof ChannelUnread>

const Viewed = Type.Object({
  status: Type.Literal('OK'),
  last_viewed_at_times: Type.Record(Id, Millis),
})

export const unreads = operations('unreads', {
  ofTeams: get('/users/{user_id}/teams/unread', {
    query: { exclude_team: idOrNone, include_collapsed_threads: flag },
    reply: Type.Array(TeamUnread),
  }),
  ofTeam: get('/users/{user_id}/teams/{team_id}/unread', { reply: TeamUnread }),
  ofChannel: get('/users/{user_id}/channels/{channel_id}/unread', { reply: ChannelUnread }),
  view: post('/channels/members/{user_id}/view', {
    body: Type.Object({
      channel_id: Type.Optional(IdOrNone),
      prev_channel_id: Type.Optional(IdOrNone),
      collapsed_threads_supported: Type.Optional(Type.Boolean()),
    }),
    reply: Viewed,
  }),
  markRead: post('/channels/members/{user_id}/mark_read', { body: Ids(1000, 1), reply: Viewed }),
  markUnread: post('/users/{user_id}/posts/{post_id}/set_unread', {
    body: Type.Object({ collapsed_threads_supported: Type.Optional(Type.Boolean()) }),
    reply: ChannelUnread,
  }),
  postsAround: get('/users/{user_id}/channels/{channel_id}/posts/unread', {
    query: {
      limit_before: count(60, 200),
      limit_after: count(60, 200, 1),
      collapsedThreads: flag,
      collapsedThreadsExtended: flag,
      skipFetchThreads: flag,
    },
    reply: PostList,
    hasTag: true,
  }),
})

export const unreadEvents = {
  multiple_channels_viewed: Type.Object({ channel_times: Type.Record(Id, Millis) }),
  post_unread: Type.Object({
    msg_count: Type.Integer(),
    msg_count_root: Type.Integer(),
    mention_count: Type.Integer(),
    mention_count_root: Type.Integer(),
    urgent_mention_count: Type.Integer(),
    last_viewed_at: Millis,
    post_id: Id,
  }),
}
