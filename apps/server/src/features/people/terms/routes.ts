import { terms } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayConfirm, mayReadTerms, maySeeConfirmed, mayWriteTerms } from './access.ts'
import { confirm, create, latest, list, ofUser } from './service.ts'

export default routes(terms, {
  latest: on(mayReadTerms, latest),
  list: on(mayWriteTerms, list),
  create: on(mayWriteTerms, create),
  ofUser: on(maySeeConfirmed, ofUser),
  confirm: on(mayConfirm, confirm),
})
