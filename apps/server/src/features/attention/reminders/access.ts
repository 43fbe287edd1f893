import type { Context } from '../../../core/context.ts'
import { lockedPost, type PostRow, type SeenPost } from '../../messages/posts/index.ts'
import { isOneself } from '../../people/users/index.ts'

/**
 * People set reminders for themselves, for posts that they may read. Locks the post, so that no reminder
 * outlives it.
 */
export const mayBeReminded = async (
  context: Context,
  input: { params: { user_id: string; post_id: string } },
): Promise<SeenPost<PostRow>> => {
  isOneself(context, input)
  return await lockedPost(context, input.params.post_id)
}
