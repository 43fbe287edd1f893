/** Scheduled posts: a person writes them now, and the server sends them at a chosen time. */
import { type Static, Type } from 'typebox'
import { flag } from '../input.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { Id, IdOrNone, JsonText, Millis, Props } from '../records.ts'
import { Writing } from './drafts.ts'
import { PostMetadata } from './posts.ts'
import { PostPriority } from './priority.ts'

/** Why the server could not send a post. */
export const ScheduledError = Type.Union([
  Type.Literal(''),
  Type.Literal('channel_archived'),
  Type.Literal('channel_not_found'),
  Type.Literal('user_missing'),
  Type.Literal('user_deleted'),
  Type.Literal('no_channel_permission'),
  Type.Literal('no_channel_member'),
  Type.Literal('thread_deleted'),
  Type.Literal('unable_to_send'),
  Type.Literal('invalid_post'),
])
export type ScheduledError = Static<typeof ScheduledError>

/** `processed_at` is 0 until the server has tried to send the post. */
export const ScheduledPost = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  user_id: Id,
  channel_id: Id,
  root_id: IdOrNone,
  message: Type.String(),
  type: Type.String(),
  props: Props,
  file_ids: Type.Array(Id),
  priority: Type.Optional(PostPriority),
  metadata: PostMetadata,
  scheduled_at: Millis,
  processed_at: Millis,
  error_code: ScheduledError,
})
export type ScheduledPost = Static<typeof ScheduledPost>

const Planned = Type.Object({ ...Writing.properties, scheduled_at: Millis })

const Replanned = Type.Object({ id: Type.Optional(IdOrNone), ...Planned.properties })

export const scheduled = operations('scheduled', {
  create: post('/posts/schedule', { body: Planned, reply: ScheduledPost, status: 201 }),
  update: put('/posts/schedule/{scheduled_post_id}', { body: Replanned, reply: ScheduledPost }),
  remove: del('/posts/schedule/{scheduled_post_id}', { reply: ScheduledPost }),
  list: get('/posts/scheduled/team/{team_id}', {
    query: { includeDirectChannels: flag },
    reply: Type.Record(Type.String(), Type.Array(ScheduledPost)),
  }),
})

/** `scheduledPost` is JSON of ScheduledPost. */
export const scheduledEvents = {
  scheduled_post_created: Type.Object({ scheduledPost: JsonText(ScheduledPost) }),
  scheduled_post_updated: Type.Object({ scheduledPost: JsonText(ScheduledPost) }),
  scheduled_post_deleted: Type.Object({ scheduledPost: JsonText(ScheduledPost) }),
}
