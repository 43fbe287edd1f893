/** Who may write posts, and in answer to what. */
import type { NewPost } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { Fault } from '../../../../core/faults.ts'
import { refuseArchived, type SeenPlace, seePlace } from '../../../places/channels/index.ts'
import { findPosts } from '../store.ts'

/**
 * Members may post if they have the permission. Others need a role of the system that may post everywhere.
 * Everything that changes what a channel says asks this, not only new posts: whoever may not write may not
 * write by an edit either.
 */
export const judgePosting = <S extends SeenPlace>(seen: S): S => {
  refuseArchived(seen.channel)
  if (!seen.can('create_post')) throw new Fault('api.context.permissions.app_error')
  return seen
}

export const mayPostIn = async (context: Context, { body }: { body: NewPost }): Promise<SeenPlace> =>
  judgePosting(await seePlace(context, body.channel_id))

/** A reply needs a root that exists in the same channel. '' is no reply. */
export const checkRoot = async ({ db }: Context, channelId: string, rootId: string): Promise<void> => {
  if (rootId === '') return
  const [root] = await findPosts(db, [rootId])
  if (!root || root.channel_id !== channelId || root.root_id !== '' || root.delete_at > 0) {
    throw new Fault('api.post.create_post.root_id.app_error')
  }
}
