/** The events about posts. */
import type { Position } from '../../../core/channel-order.ts'
import type { Context } from '../../../core/context.ts'
import { shownPost } from './records.ts'
import { findPosts, type PostRow, type ThreadedPost } from './store.ts'

/**
 * Sends a changed post to the channel: the whole post, with its thread counts and metadata. Returns it in
 * that form. An inserted post has a position: later posts wait for it.
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
 * Sends the post as it was: bridges ignore an event without text, and everybody in the channel could read it
 * until now. There are two versions of the event, because only administrators may know who deleted the post.
 */
export const announceDeleted = (context: Context, post: PostRow, by: string): void => {
  const data = { post: JSON.stringify(shownPost(post)) }
  context.publish('post_deleted', data, { channel: post.channel_id, admins: false })
  context.publish('post_deleted', { ...data, delete_by: by }, { channel: post.channel_id, admins: true })
}
