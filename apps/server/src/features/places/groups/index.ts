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
  lockGroup,
  membersOf as membersOfGroups,
  type Sight,
  sightSql,
} from './store.ts'
