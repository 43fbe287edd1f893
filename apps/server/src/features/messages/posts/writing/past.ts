/**
 * Posts in the past. People who manage the server may set the time of a post; scripts that import a history
 * need this. Such a post is inserted at its place and mentions nobody. It is unread only for people who have
 * not read that far. It is published as a change and not as a new post, so that `posted` keeps its order.
 */
import type { NewPost, Post } from '@plausch/wire'
import { type Context, change } from '../../../../core/context.ts'
import { Fault } from '../../../../core/faults.ts'
import { record } from '../../../ground/audit/index.ts'
import { countInserted, lockChannel, seeChannel } from '../../../places/channels/index.ts'
import { postEdited, postInserted } from '../events.ts'
import { changeFiles } from '../files.ts'
import { announceChanged } from '../publish.ts'
import { asWritten } from '../reading/permalinks.ts'
import { shownPost } from '../records.ts'
import { findByPending } from '../store.ts'
import { judgePosting } from './access.ts'
import { holdRoot, insertPast } from './past-store.ts'
import { type NewRow, postOf } from './row.ts'

/** The requested time of the post; undefined for now. Ignored unless the actor manages the server. */
export const pastTime = ({ actor, now }: Context, { create_at: value }: NewPost): number | undefined => {
  if (value === undefined || value === 0 || !actor.can('manage_system')) return undefined
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > now)
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'create_at' })
  return value
}

/** A reply must come after its root. */
const timeOf = async ({ db }: Context, row: NewRow, at: number): Promise<number> => {
  if (row.root_id === '') return at
  const root = await holdRoot(db, row.root_id, row.channel_id)
  if (!root) throw new Fault('api.post.create_post.root_id.app_error')
  return Math.max(at, root.create_at + 1)
}

/** Undefined if the request repeats an earlier one. */
const insert = async (context: Context, row: NewRow, wanted: number): Promise<Post | undefined> => {
  const { db, now } = context
  await lockChannel(db, row.channel_id)
  // Checked again: since the first check the channel may have been archived, or the actor may have left it.
  judgePosting(await seeChannel(context, row.channel_id))
  const at = await insertPast(db, row, await timeOf(context, row, wanted), now)
  if (at === undefined) return undefined
  const post = postOf(row, at)
  await changeFiles(context, { ...post, file_ids: [] }, row.file_ids)
  await countInserted(db, row.channel_id, at, row.root_id === '')
  await context.emit(postInserted, { post })
  await context.emit(postEdited, { post })
  await record(context, 'posts.create', `post=${row.id} create_at=${at}`)
  if (row.root_id !== '') await announceChanged(context, { id: row.root_id })
  return await asWritten(context, shownPost(await announceChanged(context, row, { after: null, at })))
}

/** The post that an earlier request with the same `pending_post_id` wrote in the channel. */
export const findEarlier = async (context: Context, row: NewRow): Promise<Post | undefined> => {
  const [post] = await findByPending(context.db, row.user_id, row.pending_post_id)
  return post?.channel_id === row.channel_id ? await asWritten(context, shownPost(post)) : undefined
}

/** A repeated request gets the first post, so a client that lost the reply may safely ask again. */
export const earlier = async (context: Context, row: NewRow): Promise<Post> => {
  const post = await findEarlier(context, row)
  if (!post) throw new Fault('api.context.invalid_body_param.app_error', { name: 'pending_post_id' })
  return post
}

/** Inserts a post into the past. It shares no batch, because each such post looks for its own free time. */
export const createPast = async (context: Context, row: NewRow, at: number): Promise<Post> => {
  const { actor, head, request, server } = context
  const post = await change(server, { actor, head, request }, (inner) => insert(inner, row, at))
  return post ?? (await earlier(context, row))
}
