import { channels } from '@plausch/wire'
import { on, routes } from '../../core/route.ts'
import { isOwnTeam, mayEnterTeam } from '../teams/index.ts'
import { isOneself } from '../users/index.ts'
import {
  mayArchiveChannel,
  mayConvertChannel,
  mayCreateChannel,
  mayCreateDirect,
  mayCreateGroup,
  mayListChannels,
  mayPatchChannel,
  mayReadByName,
  mayReadByTeamName,
  mayReadChannel,
  mayRestoreChannel,
} from './access.ts'
import { createDirect, createGroup } from './conversations.ts'
import {
  archive,
  create,
  get,
  listOfUser,
  listOfUserInTeam,
  listPublic,
  patch,
  restore,
  search,
  setPrivacy,
  stats,
} from './service.ts'

export default routes(channels, {
  create: on(mayCreateChannel, create),
  createDirect: on(mayCreateDirect, createDirect),
  createGroup: on(mayCreateGroup, createGroup),
  get: on(mayReadChannel, get),
  getByName: on(mayReadByName, get),
  getByTeamName: on(mayReadByTeamName, get),
  listPublic: on(mayListChannels, listPublic),
  search: on(mayEnterTeam, search).reading,
  // A list of channels would show an administrator with whom a person talks: it is for the person alone.
  listOfUser: on(isOneself, listOfUser),
  listOfUserInTeam: on(isOwnTeam, listOfUserInTeam),
  patch: on(mayPatchChannel, patch),
  setPrivacy: on(mayConvertChannel, setPrivacy),
  archive: on(mayArchiveChannel, archive),
  restore: on(mayRestoreChannel, restore),
  stats: on(mayReadChannel, stats),
})
