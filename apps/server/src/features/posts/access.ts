/** Who may write, read, change and delete posts. A post that somebody may not read is answered like one that does not exist. */
import type { NewPost } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import {
  type ChannelAccess,
  findChannelAccess,
  mayMembers,
  refuseArchived,
  type SeenChannel,
  type SeenPlace,
  seeChannel,
  seeChannels,
  seePlace,
} from '../channels/index.ts'
import { findTeam } from '../teams/index.ts'
import { actorFor, findUsers, isOneself } from '../users/index.ts'
import { findPosts, lockPost, type PostRow, type ThreadedPost } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/**
 * Members with the permission to post; others only with a role of the system that may post everywhere. Whatever makes a channel say something else
 * asks this, not only new posts: what one may not write, one may not write by an edit either.
 */
export const judgePosting = <S extends SeenPlace>(seen: S): S => {
  refuseArchived(seen.channel)
  if (!seen.can('create_post')) throw forbidden()
  return seen
}

export const mayPostIn = async (context: Context, { body }: { body: NewPost }): Promise<SeenPlace> =>
  judgePosting(await seePlace(context, body.channel_id))

/** The channel as the author of a post sees it; undefined where they do not, or have no account any more. */
const seenByAuthor = async (context: Context, post: PostRow): Promise<SeenChannel | undefined> => {
  const [author] = await findUsers(context.db, [post.user_id])
  if (!author || author.delete_at > 0) return undefined
  const asAuthor = { ...context, actor: actorFor(context.server, author) }
  return (await seeChannels(asAuthor, [post.channel_id])).get(post.channel_id)
}

/**
 * The post of somebody else, or one's own, which an integration writes anew, whoever pressed the button. Its author must be allowed to write in the
 * channel. A poll goes on when its author has left: the server itself asked the integration about this very post. Then it may be written as by a member
 * of the channel, but calls nobody.
 */
export const mayBeRewritten = async (context: Context, id: string): Promise<SeenPost<PostRow>> => {
  const { post, channel } = await lockedPost(context, id)
  const seen = await seenByAuthor(context, post)
  if (seen && (seen.isMember || seen.can('create_post'))) return { ...judgePosting(seen), post }
  const isOpen = mayMembers(context, channel, 'create_post')
  return { ...judgePosting({ channel, isMember: false, can: () => isOpen }), post, can: () => false }
}

/** What answers a post needs it to be there, a root of the same channel; '' answers none. */
export const checkRoot = async ({ db }: Context, channelId: string, rootId: string): Promise<void> => {
  if (rootId === '') return
  const [root] = await findPosts(db, [rootId])
  if (!root || root.channel_id !== channelId || root.root_id !== '' || root.delete_at > 0) {
    throw new Fault('api.post.create_post.root_id.app_error')
  }
}

/** Typing is told where one may post; nobody types for another. */
export const mayTypeAs = async (
  context: Context,
  input: { params: { user_id: string }; body: { channel_id: string } },
): Promise<SeenPlace> => {
  isOneself(context, input)
  const seen = judgePosting(await seePlace(context, input.body.channel_id))
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

const readPost = async (context: Context, { params }: AboutPost, withDeleted: boolean): Promise<SeenPost> => {
  const [post] = await findPosts(context.db, [params.post_id])
  if (!post || (post.delete_at > 0 && !withDeleted)) throw new Fault('posts.not_found')
  return { ...(await channelOf(context, post)), post }
}

export const mayReadPost = (context: Context, input: AboutPost): Promise<SeenPost> =>
  readPost(context, input, false)

/** What remains of a deleted post is for administrators of the server who ask for it. */
export const mayGetPost = (
  context: Context,
  input: AboutPost & { query: { include_deleted: boolean } },
): Promise<SeenPost> =>
  readPost(context, input, input.query.include_deleted && context.actor.can('manage_system'))

/** A post that the actor may read, locked: what is changed about it follows each other. */
export const lockedPost = async (context: Context, id: string): Promise<SeenPost<PostRow>> => {
  const post = await lockPost(context.db, id)
  if (!post || post.delete_at > 0) throw new Fault('posts.not_found')
  return { ...(await channelOf(context, post)), post }
}

/** One's own with the permission to edit, others' with that for others'; never what the system noted. */
export const mayEditPost = async (context: Context, { params }: AboutPost): Promise<SeenPost<PostRow>> => {
  const seen = judgePosting(await lockedPost(context, params.post_id))
  const { actor } = context
  const permission = seen.post.user_id === actor.userId ? 'edit_post' : 'edit_others_posts'
  if (!seen.can(permission) || seen.post.type.startsWith('system_')) throw forbidden()
  if (!seen.isMember && !actor.can('manage_system')) throw forbidden()
  return seen
}

/** What a post said before is its author's alone. */
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

/** What is pinned is shown to all: for members who may write, and administrators of the server. */
export const mayMarkInChannel = async (
  context: Context,
  { params }: AboutPost,
): Promise<SeenPost<PostRow>> => {
  const seen = judgePosting(await lockedPost(context, params.post_id))
  if (!seen.isMember && !context.actor.can('manage_system')) throw forbidden()
  return seen
}

export type KnownPost = { channel: ChannelAccess; post: PostRow }

/** Whoever may read it, and whoever could join: public channels of teams that everybody may join are no secret. */
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

/** The system's voice: for integrations of administrators. */
export const mayPostEphemeral = async (
  context: Context,
  { body }: { body: { post: NewPost } },
): Promise<SeenChannel> => {
  const seen = judgePosting(await seeChannel(context, body.post.channel_id))
  if (!seen.can('create_post_ephemeral')) throw forbidden()
  return seen
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
