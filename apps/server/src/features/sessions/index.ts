export { actorOfToken, tokenOf } from './live.ts'
export { checkPassword } from './passwords.ts'
export { openSession, setPassword } from './service.ts'
