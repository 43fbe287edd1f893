import { guests } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { maySeeStay, maySetEnd } from './access.ts'
import { get, listByIds, setEnd } from './service.ts'

export default routes(guests, {
  get: on(maySeeStay, get),
  setEnd: on(maySetEnd, setEnd),
  listByIds: on(signedIn, listByIds).reading,
})
