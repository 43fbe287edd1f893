/** The events about posts. */
import type { Position } from '../../../core/channel-order.ts'
import type { Context } from '../../../core/context.ts'
import { shownPost } from './records.ts'
import { findPosts, type PostRow, type ThreadedPost } from './store.ts'

/**
 * To all in the channel: a post that was written anew, whole, with its answers and its metadata. Returns it
 * so. A post that was inserted has a position: later posts wait for it.
 */
export const announceChanged = async (
  context: Context,
  { id }: { id: string },
  position?: Position,
): Promise<ThreadedPost> => {
  const [post] = await findPosts(context.db, [id])
  if (!post) throw new Error('a post that was changed is not there')
  const data = { post: JSON.stringify(shownPost(post)) }
  context.publish('post_edited', data, { channel: post.channel_id, ...(position && { position }) })
  return post
}

/**
 * The post as it was: bridges drop an event without text, and everybody in the channel could read it so far.
 * Two copies: who deleted it concerns administrators only.
 */
export const announceDeleted = (context: Context, post: PostRow, by: string): void => {
  const data = { post: JSON.stringify(shownPost(post)) }
  context.publish('post_deleted', data, { channel: post.channel_id, admins: false })
  context.publish('post_deleted', { ...data, delete_by: by }, { channel: post.channel_id, admins: true })
}
