export { actorOfToken, tokenOf } from './live.ts'
export { hashedPassword, savePassword } from './service.ts'
