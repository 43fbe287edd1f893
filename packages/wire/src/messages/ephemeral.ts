/** Posts that only one person sees, and that the server does not store. */
import { Type } from 'typebox'
import { operations, post } from '../operation.ts'
import { Id, JsonText } from '../records.ts'
import { NewPost, Post } from './posts.ts'

export const ephemeral = operations('ephemeral', {
  create: post('/posts/ephemeral', {
    body: Type.Object({ user_id: Id, post: NewPost }),
    reply: Post,
    status: 201,
  }),
})

/** `post` is JSON of Post. */
export const ephemeralEvents = {
  ephemeral_message: Type.Object({ post: JsonText(Post) }),
}
