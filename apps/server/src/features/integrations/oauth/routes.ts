import { oauth } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { mayActFor } from '../../people/users/index.ts'
import { appInfo, listAuthorized } from './service.ts'

export default routes(oauth, {
  appInfo: on(signedIn, appInfo),
  listAuthorized: on(mayActFor, listAuthorized),
})
