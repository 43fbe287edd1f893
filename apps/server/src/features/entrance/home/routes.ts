import { home } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { getHome } from './service.ts'

export default routes(home, {
  get: on(signedIn, getHome),
})
