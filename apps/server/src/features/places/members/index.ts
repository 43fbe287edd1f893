export { mayAddMembers, mayRemoveMember, maySetNotifyProps } from './access.ts'
export {
  type Added,
  addToChannel,
  announceMember,
  memberRemoved,
  membersAdded,
  removeFromChannel,
} from './events.ts'
export { ownMember, rolesOf as memberRolesOf } from './records.ts'
export {
  add as addMembers,
  remove as removeMember,
  save as saveMember,
  setMuted,
  setNotifyProps,
} from './service.ts'
export { findMembers, type MemberRow, membershipsOf, peopleOf } from './store.ts'
