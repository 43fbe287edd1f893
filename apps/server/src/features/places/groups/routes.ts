import { groups } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayActFor } from '../../people/users/index.ts'
import { mayReadChannel } from '../channels/index.ts'
import { mayEnterTeam } from '../teams/index.ts'
import {
  mayArchiveGroup,
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
  listLinked,
  listLinkedByChannels,
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
  stats: on(maySeeGroup, stats),
  listMembers: on(maySeeGroup, listMembers),
  addMembers: on(mayManageMembers, addMembers),
  removeMembers: on(mayManageMembers, removeMembers),
  listOfUser: on(mayActFor, listOfUser),
  listOfChannel: on(mayReadChannel, listLinked),
  listOfTeam: on(mayEnterTeam, listLinked),
  listOfTeamByChannels: on(mayEnterTeam, listLinkedByChannels),
  countInChannel: on(mayReadChannel, countInChannel),
})
