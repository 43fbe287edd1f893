import { onboarding } from '@plausch/wire'
import { anyone, on, routes } from '../../../core/route.ts'
import { mayBegin } from './access.ts'
import { firstTeam, signUp } from './service.ts'

export default routes(onboarding, {
  // Open to all: what lets somebody in is the invitation, the setting, or being the first; the service judges.
  // Hashing must hold neither a transaction nor a connection.
  signUp: on(anyone, signUp).stepwise,
  firstTeam: on(mayBegin, firstTeam),
})
