export { greaterName, lesserName, type ModeratedGroup, moderatedGroups } from './lesser.ts'
export { checkRoleNames, checkSchemeRoles, grants, rolesByNames } from './service.ts'
