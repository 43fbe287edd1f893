import { categories } from '@plausch/wire'
import { on, routes } from '../../core/route.ts'
import { mayArrange } from './access.ts'
import { create, get, getOrder, list, remove, setOrder, update, updateAll } from './service.ts'

export default routes(categories, {
  list: on(mayArrange, list),
  create: on(mayArrange, create),
  updateAll: on(mayArrange, updateAll),
  getOrder: on(mayArrange, getOrder),
  setOrder: on(mayArrange, setOrder),
  get: on(mayArrange, get),
  update: on(mayArrange, update),
  remove: on(mayArrange, remove),
})
