export { checkEnd, noteInvited } from './service.ts'
