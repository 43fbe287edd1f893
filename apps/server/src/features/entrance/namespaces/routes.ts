import { namespaces } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayManage, maySeeNamespace } from './access.ts'
import { preview } from './preview.ts'
import { create, list, listMade, remove, update } from './service.ts'
import { tree } from './tree.ts'

export default routes(namespaces, {
  list: on(mayManage, list),
  // They may wait for the directory, so they hold no connection to the database meanwhile.
  create: on(mayManage, create).stepwise,
  update: on(maySeeNamespace, update).stepwise,
  remove: on(maySeeNamespace, remove),
  preview: on(mayManage, preview).reading,
  listPlaces: on(maySeeNamespace, listMade),
  tree: on(mayManage, tree).reading,
})
