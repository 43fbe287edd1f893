import { within } from '../../core/facts.ts'
import { postEdited, postsDeleted } from '../posts/index.ts'
import { indexerOf } from './indexer.ts'
import { forgetPosts, queuePost } from './store.ts'

export default [
  within(postEdited, async (context, { post }) => {
    await queuePost(context.db, post.id)
    context.committed(() => indexerOf(context.server).wake())
  }),
  within(postsDeleted, async ({ db }, { ids }) => {
    await forgetPosts(db, ids)
  }),
]
