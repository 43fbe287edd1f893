export { record } from './service.ts'
