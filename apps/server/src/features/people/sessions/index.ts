export { mayManageSessions } from './access.ts'
export {
  type Attempt,
  countInSession,
  countSignIn,
  type Limits,
  LOCKED_MS,
  ownLimits,
  type Target,
} from './attempts.ts'
export { forgetAllAttempts } from './attempts-store.ts'
export { actorOfToken, tokenOf } from './live.ts'
export { provenUser } from './proving.ts'
export { endOthers, identify, logout, openSession, provenAt } from './service.ts'
export { rememberBrowser } from './sources.ts'
export { type Named, type Proof, type Way, wayOf, ways, waysOn } from './ways.ts'
