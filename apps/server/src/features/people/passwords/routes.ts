import { passwords } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayManageSessions } from '../sessions/index.ts'
import { change } from './service.ts'

export default routes(passwords, {
  // Hashing must hold neither a transaction nor a connection.
  change: on(mayManageSessions, change).stepwise,
})
