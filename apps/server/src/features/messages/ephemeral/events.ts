import type { Post } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

/** Sent to one person: a post that only they see. */
export const announceEphemeral = (context: Context, to: string, post: Post): void =>
  context.publish(
    'ephemeral_message',
    { post: JSON.stringify(post) },
    { users: [to], channel: post.channel_id },
  )

export const announceEphemeralEdited = (context: Context, to: string, post: Post): void =>
  context.publish('post_edited', { post: JSON.stringify(post) }, { users: [to], channel: post.channel_id })
