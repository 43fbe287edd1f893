import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isOneself } from '../../people/users/index.ts'
import { refuseArchived } from '../../places/channels/index.ts'
import { lockedPost, type PostRow, type SeenPost } from '../posts/index.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/** People react in their own name, if their roles allow it. */
export const mayReact = async (
  context: Context,
  { body }: { body: { user_id: string; post_id: string } },
): Promise<SeenPost<PostRow>> => {
  isOneself(context, { params: body })
  const seen = await lockedPost(context, body.post_id)
  refuseArchived(seen.channel)
  if (!seen.can('add_reaction')) throw forbidden()
  return seen
}

/** The actor's own reaction; others' with the permission for that. */
export const mayRemoveReaction = async (
  context: Context,
  { params }: { params: { user_id: string; post_id: string } },
): Promise<SeenPost<PostRow>> => {
  const seen = await lockedPost(context, params.post_id)
  refuseArchived(seen.channel)
  const isOwn = params.user_id === context.actor.userId
  if (!seen.can('remove_reaction')) throw forbidden()
  if (!isOwn && !seen.can('remove_others_reactions')) throw forbidden()
  return seen
}
