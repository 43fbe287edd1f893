/** Who may write, read, change and delete posts. A post that somebody may not read is answered like one that does not exist. */
import type { NewPost } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { refuseArchived, type SeenChannel, seeChannel } from '../channels/index.ts'
import { findPosts, lockPost, type PostRow, type ThreadedPost } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/** Members with the permission to post; others only with a role of the system that may post everywhere. */
const judgePosting = (context: Context, seen: SeenChannel): SeenChannel => {
  refuseArchived(seen.channel)
  if (!context.actor.can('create_post', seen.roles)) throw forbidden()
  return seen
}

export const mayPostIn = async (context: Context, { body }: { body: NewPost }): Promise<SeenChannel> =>
  judgePosting(context, await seeChannel(context, body.channel_id))

/** Typing is told where one may post. */
export const mayTypeIn = async (
  context: Context,
  { data }: { data: { channel_id: string; parent_id?: string } },
): Promise<SeenChannel> => {
  const seen = judgePosting(context, await seeChannel(context, data.channel_id))
  if (!seen.isMember) throw forbidden()
  return seen
}

export type SeenPost<P extends PostRow = ThreadedPost> = SeenChannel & { post: P }

/** The channel of a post, judged; its absence is told as the absence of the post. */
const channelOf = async (context: Context, post: PostRow): Promise<SeenChannel> => {
  try {
    return await seeChannel(context, post.channel_id)
  } catch (error) {
    if (error instanceof Fault && error.code === 'channels.not_found') throw new Fault('posts.not_found')
    throw error
  }
}

type AboutPost = { params: { post_id: string } }

export const mayReadPost = async (context: Context, { params }: AboutPost): Promise<SeenPost> => {
  const [post] = await findPosts(context.db, [params.post_id])
  if (!post) throw new Fault('posts.not_found')
  return { ...(await channelOf(context, post)), post }
}

const lockedPost = async (context: Context, id: string): Promise<SeenPost<PostRow>> => {
  const post = await lockPost(context.db, id)
  if (!post || post.delete_at > 0) throw new Fault('posts.not_found')
  return { ...(await channelOf(context, post)), post }
}

/** One's own with the permission to edit, others' with that for others'; never what the system noted. */
export const mayEditPost = async (context: Context, { params }: AboutPost): Promise<SeenPost<PostRow>> => {
  const seen = await lockedPost(context, params.post_id)
  const { actor } = context
  refuseArchived(seen.channel)
  const permission = seen.post.user_id === actor.userId ? 'edit_post' : 'edit_others_posts'
  if (!actor.can(permission, seen.roles) || seen.post.type.startsWith('system_')) throw forbidden()
  if (!seen.isMember && !actor.can('manage_system')) throw forbidden()
  return seen
}

export const mayDeletePost = async (context: Context, { params }: AboutPost): Promise<SeenPost<PostRow>> => {
  const seen = await lockedPost(context, params.post_id)
  const { actor } = context
  refuseArchived(seen.channel)
  const isOwn = seen.post.user_id === actor.userId && !seen.post.type.startsWith('system_')
  if (!actor.can(isOwn ? 'delete_post' : 'delete_others_posts', seen.roles)) throw forbidden()
  return seen
}
