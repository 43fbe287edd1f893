import { oidc } from '@plausch/wire'
import { anyone, on, routes } from '../../../core/route.ts'
import { discover, mayDiscover } from './discovery.ts'
import { complete, login, logout, mobileLogin, signUp } from './service.ts'

// Open to all, because nobody is signed in yet: the provider's answer gives the permission. Asking the
// provider takes long, and must hold neither a transaction nor a connection.
export default routes(oidc, {
  discover: on(mayDiscover, discover).reading,
  login: on(anyone, login).stepwise,
  signUp: on(anyone, signUp).stepwise,
  logout: on(anyone, logout).stepwise,
  mobileLogin: on(anyone, mobileLogin).stepwise,
  complete: on(anyone, complete).stepwise,
  completeLogin: on(anyone, complete).stepwise,
  completeOauth: on(anyone, complete).stepwise,
  completeV3: on(anyone, complete).stepwise,
})
