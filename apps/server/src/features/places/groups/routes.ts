import { groups } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayActFor } from '../../people/users/index.ts'
import { mayReadChannel } from '../channels/index.ts'
import {
  mayArchiveGroup,
  mayCountGroup,
  mayCreateGroup,
  mayEditGroup,
  mayListGroups,
  mayManageMembers,
  mayRestoreGroup,
  maySeeGroup,
  maySeeGroups,
} from './access.ts'
import {
  addMembers,
  archive,
  countInChannel,
  create,
  get,
  list,
  listByNames,
  listMembers,
  listOfUser,
  patch,
  removeMembers,
  restore,
  stats,
} from './service.ts'

export default routes(groups, {
  list: on(mayListGroups, list),
  create: on(mayCreateGroup, create),
  listByNames: on(maySeeGroups, listByNames).reading,
  get: on(maySeeGroup, get),
  patch: on(mayEditGroup, patch),
  archive: on(mayArchiveGroup, archive),
  restore: on(mayRestoreGroup, restore),
  stats: on(mayCountGroup, stats),
  listMembers: on(maySeeGroup, listMembers),
  addMembers: on(mayManageMembers, addMembers),
  removeMembers: on(mayManageMembers, removeMembers),
  listOfUser: on(mayActFor, listOfUser),
  countInChannel: on(mayReadChannel, countInChannel),
})
