import { within } from '../../../core/facts.ts'
import { guestChanged, userActivated } from '../../people/users/index.ts'
import { clearPastEnd, deleteStay } from './store.ts'

export default [
  within(guestChanged, async ({ db }, { user_id, is_guest }) => {
    if (!is_guest) await deleteStay(db, user_id)
  }),
  // Whoever lets a guest in again wants them to stay for now.
  within(userActivated, async ({ db, now }, { user_id }) => {
    await clearPastEnd(db, user_id, now)
  }),
]
