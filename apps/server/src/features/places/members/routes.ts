import { members } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { isOneself } from '../../people/users/index.ts'
import { mayLookInto, mayReadChannel } from '../channels/index.ts'
import { isOwnTeam } from '../teams/index.ts'
import { mayAddMembers, mayManageRoles, mayRemoveMember, maySeeMember, maySetNotifyProps } from './access.ts'
import {
  add,
  get,
  list,
  listByIds,
  listGroupProfiles,
  listOfUser,
  listOfUserInTeam,
  remove,
  setNotifyProps,
  setRoles,
  setSchemeRoles,
  timezones,
} from './service.ts'

export default routes(members, {
  list: on(mayLookInto, list),
  get: on(maySeeMember, get),
  listByIds: on(mayLookInto, listByIds).reading,
  add: on(mayAddMembers, add),
  remove: on(mayRemoveMember, remove),
  setRoles: on(mayManageRoles, setRoles),
  setSchemeRoles: on(mayManageRoles, setSchemeRoles),
  timezones: on(mayReadChannel, timezones),
  setNotifyProps: on(maySetNotifyProps, setNotifyProps),
  listOfUserInTeam: on(isOwnTeam, listOfUserInTeam),
  listOfUser: on(isOneself, listOfUser),
  listGroupProfiles: on(signedIn, listGroupProfiles).reading,
})
