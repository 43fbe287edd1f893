import { within } from '../../core/facts.ts'
import { fileContentRead } from '../files/index.ts'
import { postEdited, postsDeleted } from '../posts/index.ts'
import { wakeFileIndex } from './file-index.ts'
import { queueFiles } from './file-store.ts'
import { wakePostIndex } from './post-index.ts'
import { forgetPosts, queuePost } from './store.ts'

export default [
  within(postEdited, async (context, { post }) => {
    await queuePost(context.db, post.id)
    if (post.file_ids.length > 0) await queueFiles(context.db, post.file_ids)
    context.effect(wakePostIndex, {})
    context.effect(wakeFileIndex, {})
  }),
  within(fileContentRead, async (context, { file_id }) => {
    await queueFiles(context.db, [file_id])
    context.effect(wakeFileIndex, {})
  }),
  within(postsDeleted, async ({ db }, { ids }) => {
    await forgetPosts(db, ids)
  }),
]
