import { type InputOf, isSystemEmoji, type Reaction, type reactions } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isCustomEmoji } from '../emoji/index.ts'
import { findPosts, notePost, type PostRow, type SeenPost } from '../posts/index.ts'
import { readablePosts } from '../posts/reading/index.ts'
import { announceAdded, announceRemoved, reactionAdded } from './events.ts'
import { reactionsOf } from './metadata.ts'
import { shownReaction } from './records.ts'
import {
  countOtherEmoji,
  deleteReaction,
  findReaction,
  hasReactions,
  insertReaction,
  type ReactionRow,
} from './store.ts'

const checkEmoji = async (context: Context, name: string): Promise<void> => {
  if (!isSystemEmoji(name) && !(await isCustomEmoji(context, name)))
    throw new Fault('reactions.unknown_emoji', { name })
}

/** If the reaction exists already, it is returned, and no event is sent. */
export const save = async (
  context: Context,
  { body }: InputOf<typeof reactions.save>,
  { post, channel }: SeenPost<PostRow>,
): Promise<Reaction> => {
  const { db, actor, now, server } = context
  const { emoji_name } = body
  await checkEmoji(context, emoji_name)
  const row: ReactionRow = { post_id: post.id, user_id: actor.userId, emoji_name, create_at: now }
  const earlier = await findReaction(db, post.id, actor.userId, emoji_name)
  if (earlier) return shownReaction(earlier, channel.id)
  const max = server.settings().ServiceSettings.UniqueEmojiReactionLimitPerPost
  if ((await countOtherEmoji(db, post.id, emoji_name)) >= max) throw new Fault('reactions.limit', { max })
  await insertReaction(db, row)
  await notePost(context, post.id, { has_reactions: true })
  await context.emit(reactionAdded, { post_id: post.id, user_id: actor.userId })
  const reaction = shownReaction(row, channel.id)
  announceAdded(context, reaction)
  return reaction
}

export const list = (_context: Context, _input: unknown, { post }: SeenPost): Reaction[] => reactionsOf(post)

/** Reactions by post. Posts that the actor may not read, and deleted ones, are left out. */
export const listOfPosts = async (
  context: Context,
  { body }: InputOf<typeof reactions.listOfPosts>,
): Promise<Record<string, Reaction[]>> => {
  const posts = await readablePosts(context, await findPosts(context.db, body))
  return Object.fromEntries(
    posts.filter((post) => post.delete_at === 0).map((post) => [post.id, reactionsOf(post)]),
  )
}

/** Removing a reaction that does not exist is no fault: two clients may do it at once. */
export const remove = async (
  context: Context,
  { params }: InputOf<typeof reactions.remove>,
  { post, channel }: SeenPost<PostRow>,
) => {
  const gone = await deleteReaction(context.db, post.id, params.user_id, params.emoji_name)
  if (gone) {
    await notePost(context, post.id, { has_reactions: await hasReactions(context.db, post.id) })
    announceRemoved(context, shownReaction(gone, channel.id))
  }
  return { status: 'OK' as const }
}
