export { createPerson, joinPrimaryTeam, primaryTeam, setFirstCode } from './service.ts'
