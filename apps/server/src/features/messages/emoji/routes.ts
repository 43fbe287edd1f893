import { emoji } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayCreateEmoji, mayRemoveEmoji, maySeeEmoji, mayUseEmoji } from './access.ts'
import { autocomplete, create, get, getByName, image, list, listByNames, remove, search } from './service.ts'

export default routes(emoji, {
  list: on(mayUseEmoji, list),
  create: on(mayCreateEmoji, create).stepwise,
  autocomplete: on(mayUseEmoji, autocomplete),
  getByName: on(mayUseEmoji, getByName),
  listByNames: on(mayUseEmoji, listByNames).reading,
  search: on(mayUseEmoji, search).reading,
  get: on(maySeeEmoji, get),
  image: on(maySeeEmoji, image),
  remove: on(mayRemoveEmoji, remove),
})
