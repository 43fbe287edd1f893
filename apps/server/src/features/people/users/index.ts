export {
  isOneself,
  mayActFor,
  mayEditUser,
  maySeeUser,
  refuseAbove,
  seenIds,
  seenPeople,
  viewerOf,
} from './access.ts'
export { actorFor, systemBot } from './acting.ts'
export {
  activate,
  changeRoles,
  lockAccount,
  moveIdentity,
  notePassword,
  notePicture,
  saveAccount,
  setIdentities,
} from './changes.ts'
export {
  accessEnded,
  emailWanted,
  guestChanged,
  linksEnded,
  userActivated,
  userAddressed,
  userCreated,
  userDeactivated,
  userRolesChanged,
  userUpdated,
} from './events.ts'
export { endAccess, endLinks } from './generations.ts'
export { demote } from './guests.ts'
export { usersByIds } from './memory.ts'
export { emailOf, freeName, isRenamed, usernameOf } from './naming.ts'
export { type Provider, providers, refuseProvided } from './providers.ts'
export { fullUser, publicUser, shownUser } from './records.ts'
export { checkEmail, isGuest, isReserved } from './rules.ts'
export { createAccount, isLimit, type NewAccount } from './service.ts'
export {
  findByEmail,
  findByIdentity,
  findByLogin,
  findByUsernames,
  findGuestsBeside,
  findUsers,
  hasNoUsers,
  lockAccounts,
  takenNames,
  timezoneSql,
  type UserRow,
} from './store.ts'
