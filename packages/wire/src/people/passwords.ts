/** Passwords of this server: one of the ways to sign in. */
import { Type } from 'typebox'
import { operations, put } from '../operation.ts'
import { Ok, Text } from '../records.ts'

export const passwords = operations('passwords', {
  change: put('/users/{user_id}/password', {
    body: Type.Object({ current_password: Type.Optional(Text(4096)), new_password: Text(4096) }),
    reply: Ok,
  }),
})
