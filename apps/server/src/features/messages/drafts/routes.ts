import { drafts } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayDraftIn, mayDropDraft, mayListDrafts } from './access.ts'
import { list, remove, removeOfThread, save } from './service.ts'

export default routes(drafts, {
  save: on(mayDraftIn, save),
  list: on(mayListDrafts, list),
  remove: on(mayDropDraft, remove),
  removeOfThread: on(mayDropDraft, removeOfThread),
})
