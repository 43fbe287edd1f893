import { preferences } from '@plausch/wire'
import { on, routes } from '../../core/route.ts'
import { mayActFor } from '../users/index.ts'
import { mayWritePreferences } from './access.ts'
import { list, listCategory, remove, save } from './service.ts'

export default routes(preferences, {
  list: on(mayActFor, list),
  listCategory: on(mayActFor, listCategory),
  save: on(mayWritePreferences, save),
  remove: on(mayWritePreferences, remove),
})
