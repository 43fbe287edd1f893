export { checkInvitation, follow, takeInvitation } from './service.ts'
