import { bookmarks } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import {
  mayAddBookmark,
  mayChangeBookmark,
  mayListBookmarks,
  mayRemoveBookmark,
  maySortBookmark,
} from './access.ts'
import { create, list, patch, remove, sort } from './service.ts'

export default routes(bookmarks, {
  list: on(mayListBookmarks, list),
  create: on(mayAddBookmark, create),
  patch: on(mayChangeBookmark, patch),
  remove: on(mayRemoveBookmark, remove),
  sort: on(maySortBookmark, sort),
})
