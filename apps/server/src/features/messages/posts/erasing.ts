/**
 * What goes with posts that are deleted for good. Whoever deletes posts, for whatever reason, does it here.
 */
import type { Context } from '../../../core/context.ts'
import { point } from '../../../core/extension.ts'
import { forgetSavedPosts } from '../../people/preferences/index.ts'
import { eraseFilesOfPosts } from '../files/index.ts'
import { eraseVersions } from './store.ts'

/** Deletes what a feature keeps of these posts, in the transaction that deletes them. */
export type PostEraser = (context: Context, postIds: readonly string[]) => Promise<unknown>

/** Each feature above that keeps something of posts adds its eraser. */
export const postErasers = point<PostEraser>('posts.erasers')

/**
 * Deletes all that is kept of posts, beside their own rows: files, earlier versions, saved marks, and what
 * higher features keep. Those go first, from the highest down: they may need what lower ones have.
 */
export const eraseAllOf = async (context: Context, postIds: readonly string[]): Promise<void> => {
  for (const erase of context.server.extensions.of(postErasers).toReversed()) await erase(context, postIds)
  await eraseVersions(context.db, postIds)
  await eraseFilesOfPosts(context, postIds)
  await forgetSavedPosts(context, postIds)
}
