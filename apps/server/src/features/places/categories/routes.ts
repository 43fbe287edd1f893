import { categories } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { isOwnTeam } from '../teams/index.ts'
import { create, get, getOrder, list, remove, setOrder, update, updateAll } from './service.ts'

export default routes(categories, {
  list: on(isOwnTeam, list),
  create: on(isOwnTeam, create),
  updateAll: on(isOwnTeam, updateAll),
  getOrder: on(isOwnTeam, getOrder),
  setOrder: on(isOwnTeam, setOrder),
  get: on(isOwnTeam, get),
  update: on(isOwnTeam, update),
  remove: on(isOwnTeam, remove),
})
