import type { Context } from '../../../core/context.ts'
import { mayReadPost, type SeenPost } from '../../messages/posts/index.ts'
import { isOneself } from '../../people/users/index.ts'
import { mayLookInto, type SeenPlace } from '../../places/channels/index.ts'

/** What somebody has read is their own affair; the channel and the post must be theirs to read. */
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
