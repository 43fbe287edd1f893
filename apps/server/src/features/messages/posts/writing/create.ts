/** Creates a post: checks it, writes it in a batch with others, and publishes it. */
import { hashtags, mentionWords, WORTH_KNOWING } from '@plausch/markdown'
import type { InputOf, NewPost, Post, posts } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { Fault } from '../../../../core/faults.ts'
import { newId } from '../../../../core/ids.ts'
import { LARGE_INPUT, ownTurn } from '../../../../core/own-turn.ts'
import { usersByIds } from '../../../people/users/index.ts'
import type { SeenPlace } from '../../../places/channels/index.ts'
import { emojiIn } from '../../emoji/index.ts'
import { filesFor } from '../files.ts'
import { asWritten } from '../reading/permalinks.ts'
import { shownPost } from '../records.ts'
import { writeTogether } from './batch.ts'
import { createPast, earlier, findEarlier, pastTime } from './past.ts'
import { checkPriority } from './priority.ts'
import { type NewRow, postOf } from './row.ts'
import { checkMessage, checkProps, checkType, mentionMarks } from './rules.ts'

const refusals = {
  gone: 'channels.not_found',
  archived: 'channels.archived',
  no_root: 'api.post.create_post.root_id.app_error',
  no_file: 'files.not_yours',
} as const

/** The checked row of a new post. */
const rowOf = async (
  context: Context,
  body: NewPost,
  { channel, isMember, can }: SeenPlace,
): Promise<NewRow> => {
  const message = checkMessage(body.message ?? '')
  // Parse a long message here, in a turn of the event loop for itself. The batch counts the mentions of many
  // messages in one turn and finds the parsed message in a cache.
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
    in_conversation: channel.type === 'D' || channel.type === 'G',
  }
}

/**
 * The post shares its commit with others. The batcher publishes what is committed, even if the answer comes
 * too late for the caller (batch.ts).
 */
export const createPost = async (
  context: Context,
  { body, query }: InputOf<typeof posts.create>,
  seen: SeenPlace,
): Promise<Post> => {
  const row = await rowOf(context, body, seen)
  const past = pastTime(context, body)
  if (past !== undefined) return await createPast(context, row, past)
  const { actor, server } = context
  const [author] = await usersByIds(server, [row.user_id])
  if (!author) throw new Fault('users.not_found')
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
  const outcome = await writeTogether(server, { row, postAt, author, actor, setOnline: query.set_online })
  if (outcome.create_at !== null) return await asWritten(context, shownPost(postAt(outcome.create_at)))
  if (outcome.refused === '') return await earlier(context, row)
  // The statement may refuse a repeated request because of changes since the first one.
  const first = outcome.refused === 'gone' ? undefined : await findEarlier(context, row)
  if (!first) throw new Fault(refusals[outcome.refused])
  return first
}
