/** The importance of a post, and what its author asks of its readers. */
import { type Static, Type } from 'typebox'

export const PostPriority = Type.Object({
  priority: Type.Union([Type.Literal(''), Type.Literal('important'), Type.Literal('urgent')]),
  requested_ack: Type.Optional(Type.Boolean()),
  persistent_notifications: Type.Optional(Type.Boolean()),
})
export type PostPriority = Static<typeof PostPriority>

/** The form that clients send; null also counts as absent here. */
export const AskedPriority = Type.Object({
  priority: Type.Optional(Type.Union([PostPriority.properties.priority, Type.Null()])),
  requested_ack: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  persistent_notifications: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
})
export type AskedPriority = Static<typeof AskedPriority>
