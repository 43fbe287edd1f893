/** Reminders: the server reminds a person of a post at a later time. */
import { Type } from 'typebox'
import { operations, post } from '../operation.ts'
import { Ok } from '../records.ts'

export const reminders = operations('reminders', {
  /** `target_time` is in seconds. */
  save: post('/users/{user_id}/posts/{post_id}/reminder', {
    body: Type.Object({ target_time: Type.Integer({ minimum: 0, maximum: 99_999_999_999 }) }),
    reply: Ok,
  }),
})
