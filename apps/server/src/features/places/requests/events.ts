import { within } from '../../../core/facts.ts'
import { guestChanged, userDeactivated } from '../../people/users/index.ts'
import { passOn } from './waiting.ts'

export default [
  within(userDeactivated, (context, { user_id }) => passOn(context, user_id)),
  within(guestChanged, async (context, { user_id, is_guest }) => {
    if (is_guest) await passOn(context, user_id)
  }),
]
