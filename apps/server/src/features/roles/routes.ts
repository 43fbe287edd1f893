import { roles } from '@plausch/wire'
import { on, routes, signedIn } from '../../core/route.ts'
import { mayListRoles } from './access.ts'
import { getRole, getRoleByName, listAllRoles, listRolesByNames } from './service.ts'

export default routes(roles, {
  list: on(mayListRoles, listAllRoles),
  get: on(signedIn, getRole),
  getByName: on(signedIn, getRoleByName),
  listByNames: on(signedIn, listRolesByNames).reading,
})
