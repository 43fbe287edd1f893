import { within } from '../../../core/facts.ts'
import { accessEnded } from '../../people/users/index.ts'
import { deleteOf } from './store.ts'

export default [
  within(accessEnded, async ({ db }, { user_id }) => {
    await deleteOf(db, user_id)
  }),
]
