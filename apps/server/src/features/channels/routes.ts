import { channels } from '@plausch/wire'
import { on, routes, signedIn } from '../../core/route.ts'
import { isOwnTeam, mayEnterTeam } from '../teams/index.ts'
import { isOneself } from '../users/index.ts'
import {
  mayArchiveChannel,
  mayConvertChannel,
  mayConvertGroup,
  mayCreateChannel,
  mayCreateDirect,
  mayCreateGroup,
  mayListAll,
  mayListChannels,
  mayListPrivate,
  mayModerate,
  mayMoveChannel,
  mayPatchChannel,
  mayReadByName,
  mayReadByTeamName,
  mayReadChannel,
  mayRestoreChannel,
  maySearchAll,
  maySeeCommonTeams,
  maySeeModerations,
} from './access.ts'
import { createDirect, createGroup } from './conversations.ts'
import { listAll, searchAll } from './everywhere.ts'
import {
  autocomplete,
  autocompleteForSearch,
  commonTeams,
  listArchived,
  listOfUser,
  listOfUserInTeam,
  listPrivate,
  listPublic,
  listPublicByIds,
  remotes,
  search,
  searchGroups,
} from './lists.ts'
import { getModerations, patchModerations } from './moderation.ts'
import {
  archive,
  convertGroup,
  create,
  get,
  move,
  patch,
  restore,
  setPrivacy,
  stats,
  update,
} from './service.ts'

export default routes(channels, {
  create: on(mayCreateChannel, create),
  createDirect: on(mayCreateDirect, createDirect),
  createGroup: on(mayCreateGroup, createGroup),
  get: on(mayReadChannel, get),
  getByName: on(mayReadByName, get),
  getByTeamName: on(mayReadByTeamName, get),
  listAll: on(mayListAll, listAll),
  searchAll: on(maySearchAll, searchAll).reading,
  listPublic: on(mayListChannels, listPublic),
  search: on(mayEnterTeam, search).reading,
  autocomplete: on(mayEnterTeam, autocomplete),
  autocompleteForSearch: on(mayEnterTeam, autocompleteForSearch),
  listArchived: on(mayEnterTeam, listArchived),
  listPrivate: on(mayListPrivate, listPrivate),
  listPublicByIds: on(mayListChannels, listPublicByIds).reading,
  searchGroups: on(signedIn, searchGroups).reading,
  commonTeams: on(maySeeCommonTeams, commonTeams),
  remotes: on(mayReadChannel, remotes),
  // A list of channels would show an administrator with whom a person talks: it is for the person alone.
  listOfUser: on(isOneself, listOfUser),
  listOfUserInTeam: on(isOwnTeam, listOfUserInTeam),
  patch: on(mayPatchChannel, patch),
  update: on(mayPatchChannel, update),
  convertGroup: on(mayConvertGroup, convertGroup),
  move: on(mayMoveChannel, move),
  setPrivacy: on(mayConvertChannel, setPrivacy),
  archive: on(mayArchiveChannel, archive),
  restore: on(mayRestoreChannel, restore),
  getModerations: on(maySeeModerations, getModerations),
  patchModerations: on(mayModerate, patchModerations),
  stats: on(mayReadChannel, stats),
})
