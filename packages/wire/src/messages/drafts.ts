/** Drafts: messages that people have begun to write, on all their devices. */
import { type Static, Type } from 'typebox'
import { del, get, operations, post } from '../operation.ts'
import { Id, IdOrNone, JsonText, Millis, Ok, Props, Text } from '../records.ts'
import { PostMetadata } from './posts.ts'
import { PostPriority } from './priority.ts'

export const Draft = Type.Object({
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  user_id: Id,
  channel_id: Id,
  root_id: IdOrNone,
  message: Type.String(),
  type: Type.String(),
  props: Props,
  file_ids: Type.Array(Id),
  priority: Type.Optional(PostPriority),
  metadata: PostMetadata,
})
export type Draft = Static<typeof Draft>

/** What a person writes in a draft or a scheduled post. */
export const Writing = Type.Object({
  channel_id: Id,
  root_id: Type.Optional(IdOrNone),
  message: Type.Optional(Text(65_535)),
  type: Type.Optional(Text(32)),
  props: Type.Optional(Props),
  file_ids: Type.Optional(Type.Array(Id, { maxItems: 10 })),
  priority: Type.Optional(PostPriority),
})
export type Writing = Static<typeof Writing>

export const drafts = operations('drafts', {
  save: post('/drafts', { body: Writing, reply: Draft, status: 201 }),
  list: get('/users/{user_id}/teams/{team_id}/drafts', { reply: Type.Array(Draft) }),
  remove: del('/users/{user_id}/channels/{channel_id}/drafts', { reply: Ok }),
  removeOfThread: del('/users/{user_id}/channels/{channel_id}/drafts/{thread_id}', { reply: Ok }),
})

/** `draft` is JSON of Draft. */
export const draftEvents = {
  draft_created: Type.Object({ draft: JsonText(Draft) }),
  draft_updated: Type.Object({ draft: JsonText(Draft) }),
  draft_deleted: Type.Object({ draft: JsonText(Draft) }),
}
