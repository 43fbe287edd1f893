import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { lockedPost, type PostRow, type SeenPost } from '../../messages/posts/index.ts'
import { isOneself } from '../../people/users/index.ts'
import { refuseArchived } from '../../places/channels/index.ts'

/** People acknowledge for themselves, in channels where they are members. */
export const mayAcknowledge = async (
  context: Context,
  input: { params: { user_id: string; post_id: string } },
): Promise<SeenPost<PostRow>> => {
  isOneself(context, input)
  const seen = await lockedPost(context, input.params.post_id)
  refuseArchived(seen.channel)
  if (!seen.isMember) throw new Fault('api.context.permissions.app_error')
  return seen
}
