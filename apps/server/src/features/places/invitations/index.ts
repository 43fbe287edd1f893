export { canInvite, mayInvite } from './access.ts'
export { checkInvitation, create as invite, follow, takeInvitation } from './service.ts'
