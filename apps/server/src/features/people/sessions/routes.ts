import { sessions } from '@plausch/wire'
import { anyone, on, routes, signedIn } from '../../../core/route.ts'
import { mayManageSessions, mayResetAttempts } from './access.ts'
import { resetAttempts } from './attempts.ts'
import { attachDevice, list, login, logout, revoke, revokeAll } from './service.ts'

export default routes(sessions, {
  // Not in one transaction: the count of failed attempts must survive the refusal.
  login: on(anyone, login).reading,
  logout: on(anyone, logout),
  list: on(mayManageSessions, list),
  revoke: on(mayManageSessions, revoke),
  revokeAll: on(mayManageSessions, revokeAll),
  resetAttempts: on(mayResetAttempts, resetAttempts),
  attachDevice: on(signedIn, attachDevice),
})
