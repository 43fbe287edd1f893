export { createPerson, joinByLink, joinPrimaryTeam, primaryTeam, setFirstCode } from './service.ts'
