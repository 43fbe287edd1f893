import { uploads } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { isOneself } from '../../people/users/index.ts'
import { mayBegin, mayGoOn, maySeeUpload } from './access.ts'
import { begin, get, listOfUser, send } from './service.ts'

export default routes(uploads, {
  create: on(mayBegin, begin),
  get: on(maySeeUpload, get),
  send: on(mayGoOn, send).stepwise,
  listOfUser: on(isOneself, listOfUser),
})
