import { scheduled } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayChangeScheduled, mayListScheduled, mayRemoveScheduled, maySchedule } from './access.ts'
import { create, list, remove, update } from './service.ts'

export default routes(scheduled, {
  create: on(maySchedule, create),
  update: on(mayChangeScheduled, update),
  remove: on(mayRemoveScheduled, remove),
  list: on(mayListScheduled, list),
})
