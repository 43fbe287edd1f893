import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { mayReadPost, type SeenPost } from '../posts/index.ts'
import { isOneself } from '../users/index.ts'

/** Oneself, of what one may read. */
export const mayBeReminded = async (
  context: Context,
  input: { params: { user_id: string; post_id: string } },
): Promise<SeenPost> => {
  isOneself(context, input)
  const seen = await mayReadPost(context, input)
  if (seen.post.delete_at > 0) throw new Fault('posts.not_found')
  return seen
}
