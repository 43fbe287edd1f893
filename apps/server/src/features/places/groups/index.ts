export { isSeen, maySeeGroup, sightOf } from './access.ts'
export { groupLinked } from './events.ts'
export { shownGroup } from './records.ts'
export {
  allowMention,
  changeMembers,
  linkRemote,
  markRead,
  type RemoteGroup,
  renameRemote,
  shortName,
  unlinkRemote,
} from './remote.ts'
export {
  findGroup,
  findRemote,
  type ListedGroup,
  linkedGroups,
  listForeign,
  lockGroup,
  membersOf as membersOfGroups,
  type RemoteSource,
  type Sight,
  saveReading,
  sightSql,
} from './store.ts'
