/** Notices about the product, and reports about the delivery of notifications. */
import { Type } from 'typebox'
import { text } from '../input.ts'
import { get, operations, post, put } from '../operation.ts'
import { Millis, Ok, Props, Text } from '../records.ts'

export const notices = operations('notices', {
  list: get('/system/notices/{team_id}', {
    query: { client: text(64), clientVersion: text(64), locale: text(16), clientPlatform: text(64) },
    reply: Type.Array(Props),
  }),
  markViewed: put('/system/notices/view', { body: Type.Array(Text(128), { maxItems: 100 }), reply: Ok }),
  /** A device reports that a push notification has arrived. */
  acknowledgePush: post('/notifications/ack', {
    body: Type.Object({
      id: Type.Optional(Text(128)),
      received_at: Type.Optional(Millis),
      platform: Type.Optional(Text(64)),
      type: Type.Optional(Text(64)),
      post_id: Type.Optional(Text(26)),
      is_id_loaded: Type.Optional(Type.Boolean()),
    }),
    reply: Ok,
  }),
  /** Sends the actor a test message, so that they see whether notifications arrive. */
  sendTest: post('/notifications/test', { reply: Ok }),
})
