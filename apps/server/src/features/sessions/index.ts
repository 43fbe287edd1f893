export { actorOfToken, tokenOf } from './live.ts'
export { hashedPassword, openSession, savePassword } from './service.ts'
