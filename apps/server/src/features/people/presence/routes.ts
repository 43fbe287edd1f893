import { presence } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { maySeeStatus, maySeeStatuses, maySetCustom, maySetStatus } from './access.ts'
import { clearCustom, removeRecent, setCustom } from './custom.ts'
import { get, listByIds, set } from './service.ts'

export default routes(presence, {
  get: on(maySeeStatus, get),
  listByIds: on(maySeeStatuses, listByIds).reading,
  // A status is both in memory and in the table, and a transaction could not undo the former.
  set: on(maySetStatus, set).reading,
  setCustom: on(maySetCustom, setCustom),
  clearCustom: on(maySetCustom, clearCustom),
  removeRecent: on(maySetCustom, removeRecent),
  removeRecentByPost: on(maySetCustom, removeRecent),
})
