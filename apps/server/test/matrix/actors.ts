/** The people of the permission matrix, and what the operations are about. */

/**
 * Eight kinds of people. `stranger` has an account and no team; `elsewhere` is in another team; `member` is in the team, but not in the
 * channel; `inside` is in both; `teamAdmin` administers the team and is not in the channel; `root` administers the server and is in neither.
 */
export const actors = [
  'anonymous',
  'deactivated',
  'stranger',
  'elsewhere',
  'member',
  'inside',
  'teamAdmin',
  'root',
] as const
export type Actor = (typeof actors)[number]

export type Kase =
  | 'any'
  | 'own'
  | 'others'
  | 'closed'
  | 'open'
  | 'own open'
  | 'own closed'
  | 'private'
  | 'public'
  | 'direct'
  | 'group'
  | 'own private'
  | 'own public'
  | 'own direct'
  | 'invited'
  | 'uninvited'

export type Cases = Partial<Record<Kase, readonly Actor[]>>

export const nobody: readonly Actor[] = []
export const everyone = actors
export const signedIn: readonly Actor[] = ['stranger', 'elsewhere', 'member', 'inside', 'teamAdmin', 'root']
export const admins: readonly Actor[] = ['root']
export const inTeam: readonly Actor[] = ['member', 'inside', 'teamAdmin', 'root']
export const teamAdmins: readonly Actor[] = ['teamAdmin', 'root']
export const inChannel: readonly Actor[] = ['inside', 'root']
