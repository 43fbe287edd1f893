export { isOwnTeam, mayAnywhere, mayEnterTeam, maySeeTeamByName, type SeenTeam } from './access.ts'
export { addPeople, fitsDomains } from './adding.ts'
export {
  teamArchived,
  teamConstrained,
  teamCreated,
  teamMemberRemoved,
  teamMembersAdded,
  teamRestored,
  teamRolesChanged,
} from './events.ts'
export { rightsIn as rightsInTeam, shownMember as shownTeamMember, shownTeam } from './records.ts'
export { checkDomain, checkTeamName, isBound } from './rules.ts'
export {
  createTeam,
  endMembership,
  makeOwner,
  patch as patchTeam,
  saveRoles as saveTeamRoles,
} from './service.ts'
export {
  countTeams,
  findMembers as findTeamMembers,
  findOutsiders,
  findTeam,
  findTeamByInvite,
  findTeamByName,
  lockTeam,
  membershipsOfUser,
  type TeamMemberRow,
  type TeamRow,
  teamsOfUser,
} from './store.ts'
