import { preferences } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayActFor } from '../users/index.ts'
import { mayWritePreferences } from './access.ts'
import { get, list, listCategory, remove, save } from './service.ts'

export default routes(preferences, {
  list: on(mayActFor, list),
  listCategory: on(mayActFor, listCategory),
  get: on(mayActFor, get),
  save: on(mayWritePreferences, save),
  remove: on(mayWritePreferences, remove),
})
