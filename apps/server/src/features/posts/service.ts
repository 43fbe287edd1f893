import { hashtags, mentionWords, WORTH_KNOWING } from '@plausch/markdown'
import type { InputOf, NewPost, Post, PostInfo, posts } from '@plausch/wire'
import { announce, type Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { newId } from '../../core/ids.ts'
import { LARGE_INPUT, ownTurn } from '../../core/own-turn.ts'
import type { SeenPlace } from '../channels/index.ts'
import { emojiIn } from '../emoji/index.ts'
import { eraseFilesOfPosts } from '../files/index.ts'
import { forgetSavedPosts } from '../preferences/index.ts'
import { noteActivity } from '../presence/index.ts'
import { findTeam } from '../teams/index.ts'
import { usersByIds } from '../users/index.ts'
import type { KnownPost, SeenPost } from './access.ts'
import { follow } from './afterwards.ts'
import { keepIntegrations } from './attachments.ts'
import { writeTogether } from './batch.ts'
import { type NewRow, type Outcome, postOf } from './batch-store.ts'
import { postEdited, postsDeleted } from './events.ts'
import { changeFiles, filesFor } from './files.ts'
import { createPast, earlier, pastTime } from './past.ts'
import { addPermalinks, asWritten } from './permalinks.ts'
import { checkPriority } from './priority.ts'
import { announceChanged, announceDeleted, announcePosted } from './publish.ts'
import { shownPost } from './records.ts'
import { checkEditTime, checkMessage, checkProps, checkType, mentionMarks, reservedIn } from './rules.ts'
import {
  erasePosts,
  eraseVersions,
  type Flags,
  insertVersion,
  type PostRow,
  updateFlags,
  updatePost,
} from './store.ts'

const refusals = {
  gone: 'channels.not_found',
  archived: 'channels.archived',
  no_root: 'api.post.create_post.root_id.app_error',
  no_file: 'files.not_yours',
} as const

/** The row of a new post, checked. */
const rowOf = async (
  context: Context,
  body: NewPost,
  { channel, isMember, can }: SeenPlace,
): Promise<NewRow> => {
  const message = checkMessage(body.message ?? '')
  // Parse it here, in its own turn if it is long. The batch counts the mentions of many messages in one turn, and finds them cached.
  if (message.length > LARGE_INPUT) await ownTurn()
  if (message.length >= WORTH_KNOWING) mentionWords(message)
  const props = { ...checkProps(body.props ?? {}, context.actor), ...mentionMarks(can) }
  return {
    id: newId(context.now),
    user_id: context.actor.userId,
    channel_id: channel.id,
    root_id: body.root_id ?? '',
    message,
    type: checkType(body),
    props,
    hashtags: hashtags(message),
    pending_post_id: body.pending_post_id ?? '',
    priority: await checkPriority(context, body, channel),
    file_ids: [...new Set(body.file_ids)],
    needs_no_membership: !isMember,
    marks_read: isMember,
  }
}

/** Writing makes somebody online, with a socket or without. A status that they set by hand stays. */
const keepOnline = ({ server, actor }: Context) =>
  server.background.run(
    noteActivity(server, actor.userId, true),
    'the activity of an author could not be noted',
  )

/**
 * Shares its commit with others. The batcher publishes what is committed, even if the answer comes too late
 * for the caller (batch.ts).
 */
export const createPost = async (
  context: Context,
  { body, query }: InputOf<typeof posts.create>,
  seen: SeenPlace,
): Promise<Post> => {
  const row = await rowOf(context, body, seen)
  const past = pastTime(context, body)
  if (past !== undefined) return await createPast(context, row, past)
  // Read this before the write: nothing may wait after it, so that events leave in the order of the posts.
  const [author] = await usersByIds(context.server, [row.user_id])
  const files = await filesFor(context, {
    ids: row.file_ids,
    userId: row.user_id,
    channelId: row.channel_id,
  })
  const emojis = await emojiIn(context, row.message)
  const postAt = (createAt: number) => ({
    ...postOf(row, createAt),
    emojis,
    files: files.map((file) => ({ ...file, post_id: row.id, update_at: createAt })),
  })
  const { server, actor } = context
  const tell = (outcome: Outcome, createAt: number) => {
    const post = postAt(createAt)
    announce(server, { actor }, (own) => {
      if (author) announcePosted(own, post, outcome, author, query.set_online)
    })
    if (query.set_online) keepOnline(context)
    follow(context, post, seen.channel)
  }
  const outcome = await writeTogether(server, { row, tell })
  if (outcome.refused !== '' && outcome.refused !== 'duplicate') throw new Fault(refusals[outcome.refused])
  if (outcome.create_at === null) return await earlier(context, row)
  return await asWritten(context, shownPost(postAt(outcome.create_at)))
}

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

/** Rewrites a post and publishes it. The earlier version is kept. */
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
 * Something that a higher feature keeps about a post has changed. The row says whether there is any, and
 * clients that catch up get the post.
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

/** Really deletes a post and, below a root, all replies, with earlier versions and saved marks. */
export const removePost = async (context: Context, _input: unknown, { post }: SeenPost<PostRow>) => {
  const erased = await erasePosts(context.db, post.id, context.now)
  const ids = erased.map((row) => row.id)
  const by = context.actor.userId
  await eraseVersions(context.db, ids)
  await eraseFilesOfPosts(context, ids)
  await forgetSavedPosts(context, ids)
  await context.emit(postsDeleted, { channel_id: post.channel_id, ids, by })
  for (const row of erased) announceDeleted(context, row, by)
  return { status: 'OK' as const }
}

/** The channel and team of a post, for somebody who follows a link to it. */
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
