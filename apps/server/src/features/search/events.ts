import { within } from '../../core/facts.ts'
import { fileContentRead } from '../files/index.ts'
import { postEdited, postsDeleted } from '../posts/index.ts'
import { fileIndexOf } from './file-index.ts'
import { queueFiles } from './file-store.ts'
import { postIndexOf } from './post-index.ts'
import { forgetPosts, queuePost } from './store.ts'

export default [
  within(postEdited, async (context, { post }) => {
    await queuePost(context.db, post.id)
    if (post.file_ids.length > 0) await queueFiles(context.db, post.file_ids)
    context.committed(() => {
      postIndexOf(context.server).wake()
      fileIndexOf(context.server).wake()
    })
  }),
  within(fileContentRead, async (context, { file_id }) => {
    await queueFiles(context.db, [file_id])
    context.committed(() => fileIndexOf(context.server).wake())
  }),
  within(postsDeleted, async ({ db }, { ids }) => {
    await forgetPosts(db, ids)
  }),
]
