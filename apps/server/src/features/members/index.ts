export { announceMember, memberRemoved, membersAdded } from './events.ts'
export { ownMember, rolesOf as memberRolesOf } from './records.ts'
export { findMembers, type MemberRow, membershipsOf, peopleOf } from './store.ts'
