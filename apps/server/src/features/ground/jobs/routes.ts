import { jobs } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayCreate, mayList, mayListType, mayManage, mayRead } from './access.ts'
import { cancel, create, get, list, listOfType, setStatus } from './service.ts'

export default routes(jobs, {
  list: on(mayList, list),
  create: on(mayCreate, create),
  listOfType: on(mayListType, listOfType),
  get: on(mayRead, get),
  cancel: on(mayManage, cancel),
  setStatus: on(mayManage, setStatus),
})
