import { hashtags } from '@plausch/markdown'
import type { Post, PostInfo } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { newId } from '../../../core/ids.ts'
import { findTeam } from '../../places/teams/index.ts'
import { keepIntegrations } from '../attachments/index.ts'
import type { KnownPost, SeenPost } from './access.ts'
import { eraseAllOf } from './erasing.ts'
import { postEdited } from './events.ts'
import { changeFiles } from './files.ts'
import { announceChanged, announceDeleted } from './publish.ts'
import { addPermalinks, asWritten } from './reading/permalinks.ts'
import { shownPost } from './records.ts'
import { erasePosts, type Flags, insertVersion, type PostRow, updateFlags, updatePost } from './store.ts'
import { checkEditTime, checkMessage, checkProps, mentionMarks, reservedIn } from './writing/rules.ts'

export const getPost = async (context: Context, _input: unknown, { post }: SeenPost): Promise<Post> => {
  const shown = shownPost(post)
  await addPermalinks(context, [shown])
  return shown
}

type Change = {
  message?: string
  props?: Record<string, unknown>
  is_pinned?: boolean
  file_ids?: string[]
}

/** Changes a post and announces it. The earlier version is stored. */
export const changePost = async (context: Context, post: PostRow, change: Change): Promise<Post> => {
  const { db, now } = context
  const next: PostRow = { ...post, ...change, update_at: Math.max(now, post.update_at + 1) }
  if (next.message !== post.message) {
    next.hashtags = hashtags(next.message)
    next.edit_at = now
    const { id: post_id, edit_at, message, props } = post
    await insertVersion(db, {
      id: newId(now),
      post_id,
      replaced_at: next.update_at,
      edit_at,
      message,
      props,
      hashtags: post.hashtags,
    })
  }
  await updatePost(db, next)
  if (change.message !== undefined || change.props !== undefined || change.file_ids !== undefined)
    await context.emit(postEdited, { post: next })
  return await asWritten(context, shownPost(await announceChanged(context, next)))
}

export const editPost = async (
  context: Context,
  { body }: { body: Change },
  { post, can }: SeenPost<PostRow>,
): Promise<Post> => {
  checkEditTime(context.server, post.create_at, context.now)
  const props =
    body.props === undefined
      ? post.props
      : {
          ...keepIntegrations(post.props, checkProps(body.props, context.actor, post.props)),
          ...reservedIn(post.props),
        }
  const isSaid = body.message !== undefined || body.props !== undefined
  return await changePost(context, post, {
    ...(body.message === undefined ? {} : { message: checkMessage(body.message) }),
    ...(isSaid ? { props: { ...props, ...mentionMarks(can) } } : {}),
    ...(body.is_pinned === undefined ? {} : { is_pinned: body.is_pinned }),
    ...(body.file_ids === undefined ? {} : { file_ids: await changeFiles(context, post, body.file_ids) }),
  })
}

/**
 * Call this when data that a higher feature keeps about a post has changed. The flags on the row say whether
 * there is such data, and clients that catch up get the post.
 */
export const notePost = ({ db, now }: Context, postId: string, flags: Flags) =>
  updateFlags(db, postId, flags, now)

const setPinned =
  (isPinned: boolean) =>
  async (context: Context, _input: unknown, { post }: SeenPost<PostRow>) => {
    if (post.is_pinned !== isPinned) await changePost(context, post, { is_pinned: isPinned })
    return { status: 'OK' as const }
  }

export const pin = setPinned(true)
export const unpin = setPinned(false)

/** Deletes a post for good: below a root also all replies, with earlier versions and saved marks. */
export const removePost = async (context: Context, _input: unknown, { post }: SeenPost<PostRow>) => {
  const erased = await erasePosts(context.db, post.id, context.now)
  const ids = erased.map((row) => row.id)
  const by = context.actor.userId
  await eraseAllOf(context, ids)
  for (const row of erased) announceDeleted(context, row, by)
  return { status: 'OK' as const }
}

/** The channel and team of a post, for a person who follows a link to it. */
export const postInfo = async (
  { db }: Context,
  _input: unknown,
  { channel }: KnownPost,
): Promise<PostInfo> => {
  const team = channel.team_id === '' ? undefined : await findTeam(db, channel.team_id)
  return {
    channel_id: channel.id,
    channel_type: channel.type,
    channel_display_name: channel.display_name,
    has_joined_channel: channel.member_scheme_user !== null,
    team_id: channel.team_id,
    team_type: team?.type ?? '',
    team_display_name: team?.display_name ?? '',
    has_joined_team: channel.team_scheme_user !== null,
  }
}
