import { roles } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { mayListRoles, mayPatchRole } from './access.ts'
import { getRole, getRoleByName, listAllRoles, listRolesByNames, patchRole } from './service.ts'

export default routes(roles, {
  list: on(mayListRoles, listAllRoles),
  get: on(signedIn, getRole),
  getByName: on(signedIn, getRoleByName),
  patch: on(mayPatchRole, patchRole),
  listByNames: on(signedIn, listRolesByNames).reading,
})
