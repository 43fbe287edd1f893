import { onboarding } from '@plausch/wire'
import { anyone, on, routes } from '../../../core/route.ts'
import { mayBegin } from './access.ts'
import { firstTeam, signUp } from './service.ts'

export default routes(onboarding, {
  // Open to all: an invitation, the settings, or being the first person gives access; the service checks
  // that. Hashing must hold neither a transaction nor a connection.
  signUp: on(anyone, signUp).stepwise,
  firstTeam: on(mayBegin, firstTeam),
})
