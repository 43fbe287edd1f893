export { greaterName, lesserName, type ModeratedGroup, moderatedGroups } from './lesser.ts'
export { roleNames } from './names.ts'
export { checkRoleNames, checkSchemeRoles, coverRoles, grantedIn, rolesByNames } from './service.ts'
