export { noteActivity, statusesOf } from './service.ts'
