import { attributes } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import {
  mayManageField,
  mayManageFields,
  maySeeFields,
  maySeeValues,
  maySetOfUser,
  maySetOwn,
} from './access.ts'
import { createField, group, list, listValues, patchField, patchValues, removeField } from './service.ts'

export default routes(attributes, {
  listFields: on(maySeeFields, list),
  createField: on(mayManageFields, createField),
  patchField: on(mayManageField, patchField),
  removeField: on(mayManageField, removeField),
  group: on(maySeeFields, group),
  list: on(maySeeValues, listValues),
  patchOwn: on(maySetOwn, patchValues),
  patchOfUser: on(maySetOfUser, patchValues),
})
