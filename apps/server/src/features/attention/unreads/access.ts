import type { Context } from '../../../core/context.ts'
import { mayReadPost, type SeenPost } from '../../messages/posts/index.ts'
import { isOneself } from '../../people/users/index.ts'
import { mayLookInto, type SeenPlace } from '../../places/channels/index.ts'

/**
 * Only the person themselves may see what they have read, and they must be allowed to read the channel and
 * the post.
 */
export const mayLookIntoOwn = async (
  context: Context,
  input: { params: { user_id: string; channel_id: string } },
): Promise<SeenPlace> => {
  isOneself(context, input)
  return await mayLookInto(context, input)
}

export const mayMarkPost = async (
  context: Context,
  input: { params: { user_id: string; post_id: string } },
): Promise<SeenPost> => {
  isOneself(context, input)
  return await mayReadPost(context, input)
}
