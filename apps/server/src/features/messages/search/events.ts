import { afterIn, within } from '../../../core/facts.ts'
import { fileContentRead } from '../files/index.ts'
import { postEdited } from '../posts/index.ts'
import { postsWritten } from '../posts/writing/index.ts'
import { indexFiles } from './file-index.ts'
import { indexPosts, postQueue } from './post-index.ts'

export default [
  afterIn(postsWritten, postQueue),
  within(postEdited, async (context, { post }) => {
    await indexPosts(context, [post.id])
    if (post.file_ids.length > 0) await indexFiles(context, post.file_ids)
  }),
  within(fileContentRead, async (context, { file_id }) => {
    await indexFiles(context, [file_id])
  }),
]
