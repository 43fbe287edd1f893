export { createPerson, setFirstCode } from './service.ts'
