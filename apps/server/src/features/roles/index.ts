export { checkRoleNames, grants, rolesByNames } from './service.ts'
