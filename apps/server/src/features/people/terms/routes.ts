import { terms } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayConfirm, mayReadTerms, maySeeConfirmed, mayWriteTerms } from './access.ts'
import { confirm, create, latest, ofUser } from './service.ts'

export default routes(terms, {
  latest: on(mayReadTerms, latest),
  create: on(mayWriteTerms, create),
  ofUser: on(maySeeConfirmed, ofUser),
  confirm: on(mayConfirm, confirm),
})
