import { users } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import {
  mayAutocomplete,
  mayCountFiltered,
  mayCountUsers,
  mayDeactivate,
  mayDelete,
  mayDemote,
  mayEditUser,
  mayListUsers,
  mayManageRoles,
  mayPromote,
  maySearchUsers,
  maySeeUser,
  maySeeUserByEmail,
  maySeeUserByName,
} from './access.ts'
import { deactivate, patchUser, replaceUser, setActive, setRoles } from './changes.ts'
import { demote, promote } from './guests.ts'
import { autocomplete, filteredStats, listAll, listByIds, listByUsernames, search } from './lists.ts'
import { getUser, known, stats } from './service.ts'

export default routes(users, {
  stats: on(mayCountUsers, stats),
  filteredStats: on(mayCountFiltered, filteredStats),
  known: on(signedIn, known),
  get: on(maySeeUser, getUser),
  getByUsername: on(maySeeUserByName, getUser),
  getByEmail: on(maySeeUserByEmail, getUser),
  list: on(mayListUsers, listAll),
  listByIds: on(signedIn, listByIds).reading,
  listByUsernames: on(signedIn, listByUsernames).reading,
  search: on(maySearchUsers, search).reading,
  autocomplete: on(mayAutocomplete, autocomplete),
  // A new address needs the password, and hashing must hold neither a transaction nor a connection.
  update: on(mayEditUser, replaceUser).stepwise,
  patch: on(mayEditUser, patchUser).stepwise,
  deactivate: on(mayDelete, deactivate),
  setRoles: on(mayManageRoles, setRoles),
  setActive: on(mayDeactivate, setActive),
  demote: on(mayDemote, demote),
  promote: on(mayPromote, promote),
})
