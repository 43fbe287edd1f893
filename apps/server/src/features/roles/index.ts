export { checkRoleNames, checkSchemeRoles, grants, rolesByNames } from './service.ts'
