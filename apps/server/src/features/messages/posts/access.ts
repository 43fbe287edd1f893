/**
 * Who may read, change and delete posts; writing/access.ts says who may write them. The server answers 404 for
 * a post that the actor may not read, as for one that does not exist.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { actorFor, findUsers } from '../../people/users/index.ts'
import {
  type ChannelAccess,
  findChannelAccess,
  mayMembers,
  refuseArchived,
  type SeenChannel,
  seeChannel,
  seeChannels,
} from '../../places/channels/index.ts'
import { findTeam } from '../../places/teams/index.ts'
import { findPosts, lockPost, type PostRow, type ThreadedPost } from './store.ts'
import { judgePosting } from './writing/access.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/**
 * The channel as the author of a post sees it. Undefined if they do not see it, or no longer have an account.
 */
const seenByAuthor = async (context: Context, post: PostRow): Promise<SeenChannel | undefined> => {
  const [author] = await findUsers(context.db, [post.user_id])
  if (!author || author.delete_at > 0) return undefined
  const asAuthor = { ...context, actor: actorFor(context.server, author) }
  return (await seeChannels(asAuthor, [post.channel_id])).get(post.channel_id)
}

/**
 * A post that an integration rewrites, whoever pressed the button. Its author must be allowed to write in the
 * channel. A poll goes on when its author has left, because the server itself asked the integration about
 * this very post. Then the rewriting has the rights of an ordinary member, and mentions nobody.
 */
export const mayBeRewritten = async (context: Context, id: string): Promise<SeenPost<PostRow>> => {
  const { post, channel } = await lockedPost(context, id)
  const seen = await seenByAuthor(context, post)
  if (seen && (seen.isMember || seen.can('create_post'))) return { ...judgePosting(seen), post }
  const isOpen = mayMembers(context, channel, 'create_post')
  return { ...judgePosting({ channel, isMember: false, can: () => isOpen }), post, can: () => false }
}

export type SeenPost<P extends PostRow = ThreadedPost> = SeenChannel & { post: P }

/** The channel of a post, as the actor sees it. If they do not see it, the post counts as absent. */
const channelOf = async (context: Context, post: PostRow): Promise<SeenChannel> => {
  try {
    return await seeChannel(context, post.channel_id)
  } catch (error) {
    if (error instanceof Fault && error.code === 'channels.not_found') throw new Fault('posts.not_found')
    throw error
  }
}

type AboutPost = { params: { post_id: string } }

const readPost = async (context: Context, { params }: AboutPost, withDeleted: boolean): Promise<SeenPost> => {
  const [post] = await findPosts(context.db, [params.post_id])
  if (!post || (post.delete_at > 0 && !withDeleted)) throw new Fault('posts.not_found')
  return { ...(await channelOf(context, post)), post }
}

export const mayReadPost = (context: Context, input: AboutPost): Promise<SeenPost> =>
  readPost(context, input, false)

/** Administrators of the server who ask for it also get what remains of deleted posts. */
export const mayGetPost = (
  context: Context,
  input: AboutPost & { query: { include_deleted: boolean } },
): Promise<SeenPost> =>
  readPost(context, input, input.query.include_deleted && context.actor.can('manage_system'))

/** A post that the actor may read, locked, so that changes to it happen one after the other. */
export const lockedPost = async (context: Context, id: string): Promise<SeenPost<PostRow>> => {
  const post = await lockPost(context.db, id)
  if (!post || post.delete_at > 0) throw new Fault('posts.not_found')
  return { ...(await channelOf(context, post)), post }
}

/**
 * The actor's own post with the permission to edit, or somebody else's post with the permission for those.
 * Never a note of the system.
 */
export const mayEditPost = async (context: Context, { params }: AboutPost): Promise<SeenPost<PostRow>> => {
  const seen = judgePosting(await lockedPost(context, params.post_id))
  const { actor } = context
  const permission = seen.post.user_id === actor.userId ? 'edit_post' : 'edit_others_posts'
  if (!seen.can(permission) || seen.post.type.startsWith('system_')) throw forbidden()
  if (!seen.isMember && !actor.can('manage_system')) throw forbidden()
  return seen
}

/** Earlier versions of a post are for its author only. */
export const mayReadHistory = async (context: Context, input: AboutPost): Promise<SeenPost> => {
  const seen = await mayReadPost(context, input)
  if (seen.post.user_id !== context.actor.userId || !seen.can('edit_post')) {
    throw forbidden()
  }
  return seen
}

export const mayRestoreVersion = async (context: Context, input: AboutPost): Promise<SeenPost<PostRow>> => {
  const seen = await mayEditPost(context, input)
  if (seen.post.user_id !== context.actor.userId) throw forbidden()
  return seen
}

/**
 * Everybody in the channel sees pinned posts, so only members who may write, and administrators of the
 * server, may pin.
 */
export const mayMarkInChannel = async (
  context: Context,
  { params }: AboutPost,
): Promise<SeenPost<PostRow>> => {
  const seen = judgePosting(await lockedPost(context, params.post_id))
  if (!seen.isMember && !context.actor.can('manage_system')) throw forbidden()
  return seen
}

export type KnownPost = { channel: ChannelAccess; post: PostRow }

/**
 * For everybody who may read the post or could join its channel: public channels of open teams are no secret.
 */
export const mayKnowOfPost = async (context: Context, { params }: AboutPost): Promise<KnownPost> => {
  const { actor, db } = context
  const [post] = await findPosts(db, [params.post_id])
  if (!post || post.delete_at > 0) throw new Fault('posts.not_found')
  const channel = await findChannelAccess(db, actor.userId, post.channel_id)
  if (channel?.type === 'O' && channel.delete_at === 0 && actor.can('join_public_teams')) {
    const team = await findTeam(db, channel.team_id)
    if (team?.allow_open_invite && team.delete_at === 0) return { channel, post }
  }
  return { channel: (await channelOf(context, post)).channel, post }
}

export const mayDeletePost = async (
  context: Context,
  { params, query }: AboutPost & { query: { permanent: boolean } },
): Promise<SeenPost<PostRow>> => {
  const isOn = context.server.settings().ServiceSettings.EnableAPIPostDeletion
  if (query.permanent && !context.actor.can('manage_system')) throw forbidden()
  if (query.permanent && !isOn) throw new Fault('posts.permanent_off')
  const seen = await lockedPost(context, params.post_id)
  const { actor } = context
  refuseArchived(seen.channel)
  const isOwn = seen.post.user_id === actor.userId && !seen.post.type.startsWith('system_')
  if (!seen.can(isOwn ? 'delete_post' : 'delete_others_posts')) throw forbidden()
  return seen
}
