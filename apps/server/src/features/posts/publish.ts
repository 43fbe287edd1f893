/** The events about posts. */
import type { Post } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import type { FileRow } from '../files/index.ts'
import type { UserRow } from '../users/index.ts'
import { type Outcome, tellParts } from './batch-store.ts'
import { shownPost } from './records.ts'
import { findPosts, type PostRow, type ThreadedPost } from './store.ts'

/** As v4 has it: every file is an "other" one, and pictures are told besides. */
const kindsOfFiles = (files: readonly FileRow[]): { otherFile?: 'true'; image?: 'true' } => ({
  ...(files.length > 0 ? { otherFile: 'true' } : {}),
  ...(files.some((file) => file.mime_type.startsWith('image/')) ? { image: 'true' } : {}),
})

/** To all in the channel: a new post; to those whom it mentions, and those who follow its thread, that it does. */
export const announcePosted = (
  context: Context,
  post: PostRow & Partial<ThreadedPost>,
  outcome: Outcome,
  author: UserRow,
  setOnline: boolean,
): void => {
  const mentions = outcome.mentions ?? []
  const followers = (outcome.reached?.followers ?? [])
    .map(({ user_id }) => user_id)
    .filter((id) => id !== author.id)
  const extra = new Map<string, { mentions?: string; followers?: string }>()
  for (const id of mentions) extra.set(id, { mentions: JSON.stringify([id]) })
  for (const id of followers) extra.set(id, { ...extra.get(id), followers: JSON.stringify([id]) })
  context.publish(
    'posted',
    {
      post: JSON.stringify(shownPost(post)),
      channel_type: outcome.channel_type ?? '',
      channel_name: outcome.channel_name ?? '',
      channel_display_name:
        outcome.channel_type === 'D' ? `@${author.username}` : (outcome.channel_display_name ?? ''),
      sender_name: `@${author.username}`,
      team_id: outcome.team_id ?? '',
      set_online: setOnline,
      ...kindsOfFiles(post.files ?? []),
    },
    {
      channel: post.channel_id,
      extra,
      // In a conversation every message mentions the others, and nobody acknowledges their own.
      acknowledge: new Set([...mentions, ...followers]),
    },
  )
  tellParts(context, outcome)
}

const announceEdited = (context: Context, post: PostRow): void =>
  context.publish('post_edited', { post: JSON.stringify(shownPost(post)) }, { channel: post.channel_id })

/**
 * To all in the channel: a post that was written anew, whole, with its answers and its metadata. Returns it
 * so.
 */
export const announceChanged = async (context: Context, { id }: { id: string }): Promise<ThreadedPost> => {
  const [post] = await findPosts(context.db, [id])
  if (!post) throw new Error('a post that was changed is not there')
  announceEdited(context, post)
  return post
}

/** To one person: a post that only they see. */
export const announceEphemeral = (context: Context, to: string, post: Post): void =>
  context.publish(
    'ephemeral_message',
    { post: JSON.stringify(post) },
    { users: [to], channel: post.channel_id },
  )

export const announceEphemeralEdited = (context: Context, to: string, post: Post): void =>
  context.publish('post_edited', { post: JSON.stringify(post) }, { users: [to], channel: post.channel_id })

/**
 * The post as it was: bridges drop an event without text, and everybody in the channel could read it so far.
 * Two copies: who deleted it concerns administrators only.
 */
export const announceDeleted = (context: Context, post: PostRow, by: string): void => {
  const data = { post: JSON.stringify(shownPost(post)) }
  context.publish('post_deleted', data, { channel: post.channel_id, admins: false })
  context.publish('post_deleted', { ...data, delete_by: by }, { channel: post.channel_id, admins: true })
}

/** To the others in the channel, on clients that show it. */
export const announceTyping = (context: Context, channelId: string, rootId: string): void => {
  const { userId } = context.actor
  context.publish(
    'typing',
    { user_id: userId, parent_id: rootId },
    { channel: channelId, omitUsers: [userId], onlyWhereShown: channelId },
  )
}
