/** The files of posts: which files a new post may bring, and what an edit does with them. */
import type { FileInfo } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { attachFiles, eraseFiles, type FileRow, findFiles, shownFile } from '../files/index.ts'
import type { SeenPost } from './access.ts'
import type { PostRow } from './store.ts'

type Wanted = { ids: readonly string[]; userId: string; channelId: string }

/**
 * The author's own files of the channel that are not attached yet. The statement that attaches them checks
 * again.
 */
export const filesFor = async ({ db }: Context, { ids, userId, channelId }: Wanted): Promise<FileRow[]> => {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return []
  const files = (await findFiles(db, unique)).filter(
    (file) => file.user_id === userId && file.channel_id === channelId,
  )
  if (files.length !== unique.length) throw new Fault('files.not_yours')
  return files
}

/**
 * In a transaction: makes these the files of the post, in this order. Files that the post had and that are
 * not listed are deleted for good.
 */
export const changeFiles = async (
  context: Context,
  post: PostRow,
  wanted: readonly string[],
): Promise<string[]> => {
  const ids = [...new Set(wanted)]
  const added = ids.filter((id) => !post.file_ids.includes(id))
  const removed = post.file_ids.filter((id) => !ids.includes(id))
  const { user_id, channel_id, id: post_id } = post
  if (added.length > 0) {
    const attached = await attachFiles(context.db, {
      ids: added,
      user_id,
      channel_id,
      post_id,
      now: context.now,
    })
    if (attached.length !== added.length) throw new Fault('files.not_yours')
  }
  if (removed.length > 0) await eraseFiles(context, removed)
  return ids
}

export const filesOf = (context: Context, post: Pick<PostRow, 'file_ids'>): Promise<FileRow[]> =>
  post.file_ids.length > 0 ? findFiles(context.db, post.file_ids) : Promise.resolve([])

/** The file records of a post, for clients that have not downloaded the files yet. */
export const fileInfos = async (context: Context, _input: unknown, { post }: SeenPost): Promise<FileInfo[]> =>
  (await filesOf(context, post)).map(shownFile)
