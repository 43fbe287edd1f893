/** The actors of the permission matrix, the cases, and groups of both that many rows need. */

/**
 * Eight kinds of people. `guest` is in the closed team, in its private channel only; `elsewhere` is in
 * another team; `member` is in the team, but not in the channel; `inside` is in both; `teamAdmin` administers
 * the team and is not in the channel; `root` administers the server and is in neither. A person with an
 * account and no team has the rights of `elsewhere` in every row of the table; Eve is that person in the
 * other tests.
 */
export const actors = [
  'anonymous',
  'deactivated',
  'guest',
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
export const signedIn: readonly Actor[] = ['guest', 'elsewhere', 'member', 'inside', 'teamAdmin', 'root']
export const admins: readonly Actor[] = ['root']
/** All accounts except guests. */
export const members: readonly Actor[] = ['elsewhere', 'member', 'inside', 'teamAdmin', 'root']
export const inTeam: readonly Actor[] = ['guest', 'member', 'inside', 'teamAdmin', 'root']
export const membersInTeam: readonly Actor[] = ['member', 'inside', 'teamAdmin', 'root']
export const teamAdmins: readonly Actor[] = ['teamAdmin', 'root']
/** Actors with rights in the private channel, including guests. */
export const inPrivate: readonly Actor[] = ['guest', 'inside', 'root']
export const inChannel: readonly Actor[] = ['inside', 'root']

export const own: Cases = { own: signedIn, others: nobody }
export const ownOrAdmin: Cases = { own: signedIn, others: admins }
export const ownInTeam: Cases = { own: inTeam, others: nobody }
export const reading: Cases = { private: inPrivate, public: membersInTeam, direct: nobody }
export const insideOfTeam: Cases = { closed: inTeam, open: admins }
export const membersInside: Cases = { closed: membersInTeam, open: admins }
export const managingTeam: Cases = { closed: teamAdmins, open: admins }

/** Whoever manages the members of a channel. */
export const managingMembers: Cases = {
  private: inChannel,
  public: ['inside', 'teamAdmin', 'root'],
  direct: nobody,
}

/** Only members of a channel follow its threads, and only the follower sees what they follow. */
export const followed: Cases = {
  'own private': ['inside'],
  'own public': ['inside'],
  'own direct': nobody,
  private: nobody,
  public: nobody,
  direct: nobody,
}
