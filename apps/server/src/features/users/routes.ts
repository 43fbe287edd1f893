import { users } from '@plausch/wire'
import { on, routes, signedIn } from '../../core/route.ts'
import {
  mayAutocomplete,
  mayCountUsers,
  mayDeactivate,
  mayEditUser,
  mayListUsers,
  mayManageRoles,
  maySearchUsers,
  maySeeUser,
  maySeeUserByEmail,
  maySeeUserByName,
} from './access.ts'
import { picture } from './picture.ts'
import {
  autocomplete,
  getUser,
  listAll,
  listByIds,
  listByUsernames,
  patchUser,
  search,
  setActive,
  setRoles,
  stats,
} from './service.ts'

export default routes(users, {
  stats: on(mayCountUsers, stats),
  get: on(maySeeUser, getUser),
  getByUsername: on(maySeeUserByName, getUser),
  getByEmail: on(maySeeUserByEmail, getUser),
  list: on(mayListUsers, listAll),
  listByIds: on(signedIn, listByIds).reading,
  listByUsernames: on(signedIn, listByUsernames).reading,
  search: on(maySearchUsers, search).reading,
  autocomplete: on(mayAutocomplete, autocomplete),
  patch: on(mayEditUser, patchUser),
  setRoles: on(mayManageRoles, setRoles),
  setActive: on(mayDeactivate, setActive),
  image: on(maySeeUser, picture),
})
