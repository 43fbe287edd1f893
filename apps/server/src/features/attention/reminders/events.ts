import { within } from '../../../core/facts.ts'
import { postsDeleted } from '../../messages/posts/index.ts'
import { eraseReminders } from './store.ts'

export default [
  within(postsDeleted, async ({ db }, { ids }) => {
    await eraseReminders(db, ids)
  }),
]
