import { within } from '../../../core/facts.ts'
import { accessEnded } from '../../people/users/index.ts'
import { leaveForeign } from './groups.ts'

export default [
  // An account that moves to another way to sign in loses its access first.
  within(accessEnded, (context, { user_id }) => leaveForeign(context, user_id)),
]
