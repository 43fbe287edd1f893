import { audit } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayReadAudits, mayReadAuditsOf } from './access.ts'
import { list, listOfUser } from './service.ts'

export default routes(audit, {
  list: on(mayReadAudits, list),
  listOfUser: on(mayReadAuditsOf, listOfUser),
})
