import type { InputOf, Session, sessions, TeamMember, User } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newId, newSecret } from '../../../core/ids.ts'
import { record } from '../../ground/audit/index.ts'
import { roleNames } from '../../ground/roles/index.ts'
import { tryCode } from '../mfa/index.ts'
import { fullUser, type UserRow } from '../users/index.ts'
import type { Attempt } from './attempts.ts'
import { endAtCommit, forgetSession, kindOf, lengthOf } from './live.ts'
import { rememberBrowser } from './sources.ts'
import {
  deleteSessions,
  deleteSessionsBeyond,
  insertSession,
  listSessions,
  listTeams,
  type NewSession,
  type SessionRow,
  setDevice,
  type TeamRow,
} from './store.ts'
import { type Named, type Proof, type Way, waysOn } from './ways.ts'

/** The most sessions of one person. A further one ends the session that was not used for the longest time. */
const MOST_SESSIONS = 500
const wrong = () => new Fault('api.user.login.invalid_credentials_email_username')

/**
 * Checks the second factor, if the person has one; returns whether one was proven. If the code is missing,
 * the reply asks for it and the attempt does not count, because clients find out this way whether they need
 * one.
 */
const checkFactor = async (
  context: Context,
  user: UserRow,
  code: string,
  attempt: Attempt,
): Promise<boolean> => {
  const answer = await tryCode(context, user, code)
  if (answer === 'missing') await attempt.takeBack()
  if (answer === 'missing' || answer === 'wrong') throw new Fault('mfa.validate_token.authenticate.app_error')
  return answer === 'right'
}

const refuseSignIn = async (context: Context, user: UserRow, fault: Fault): Promise<never> => {
  await record(context, '/users/login', `FAILED login_id=${user.username}`, user.id)
  throw fault
}

/** `provenAt`: when they proved who they are, as far as is known; not at all by default. */
type Proven = { user: UserRow; byFactor: boolean; provenAt?: number }
type Right = Extract<Proof, { answer: 'right' }>

/**
 * Asks the ways in their order until one knows the person. A name may belong to an account of this server
 * and to somebody of the directory who has none yet: then the password decides.
 */
const findProof = async (
  context: Context,
  named: Named,
  password: string,
  asked: readonly Way[],
): Promise<Right> => {
  const answers: Exclude<Proof, Right>[] = []
  for (const way of asked) {
    if (!way.signIn) continue
    const proof = await way.signIn(context, named, password)
    if (proof.answer === 'right') return proof
    answers.push(proof)
  }
  if (answers.some(({ answer }) => answer === 'locked'))
    throw new Fault('api.user.check_user_login_attempts.too_many.app_error')
  for (const proof of answers) {
    if (proof.answer === 'wrong' && proof.user) return await refuseSignIn(context, proof.user, wrong())
  }
  throw wrong()
}

/**
 * The person with this login, password and code, and what proved it: by one of these ways, in their order.
 * Throws if nobody is proven.
 */
export const identify = async (
  context: Context,
  named: Named,
  password: string,
  code: string,
  asked: readonly Way[] = waysOn(context.server),
): Promise<Proven> => {
  const { user, attempt } = await findProof(context, named, password, asked)
  if (user.is_bot) throw wrong()
  if (user.delete_at > 0)
    return await refuseSignIn(context, user, new Fault('api.user.login.inactive.app_error'))
  const byFactor = await checkFactor(context, user, code, attempt)
  await attempt.forget()
  if (context.server.settings().EmailSettings.RequireEmailVerification && !user.email_verified)
    return await refuseSignIn(context, user, new Fault('api.user.login.not_verified.app_error'))
  return { user, byFactor, provenAt: context.now }
}

/**
 * The platform according to the browser's user agent. The list of sessions shows it; nothing depends on it.
 */
const platformOf = (userAgent: string): Record<string, string> => {
  const os = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(userAgent)?.[0] ?? ''
  const browser = /Mattermost|Firefox|Edg|Chrome|Safari/.exec(userAgent)?.[0] ?? ''
  return { platform: os, os, browser: browser === 'Edg' ? 'Edge' : browser }
}

const cookies = (context: Context, session: NewSession, token: string, maxAge: number) => {
  const tail = `Path=/; Max-Age=${maxAge}; SameSite=Lax${context.request.isSecure ? '; Secure' : ''}`
  context.head.cookie(`MMAUTHTOKEN=${token}; HttpOnly; ${tail}`)
  context.head.cookie(`MMUSERID=${session.user_id}; ${tail}`)
  context.head.cookie(`MMCSRF=${session.csrf}; ${tail}`)
}

/** v4's words for the ways of providers, by which clients know that the session is theirs. */
const waysOfProviders = (service: string) => ({
  isOAuthUser: String(['gitlab', 'google', 'office365', 'openid'].includes(service)),
  isSaml: String(service === 'saml'),
})

export type Opening = {
  deviceId?: string
  /**
   * Who gets the token. `client`: whoever asked by a script, in a header, and as cookies for our pages.
   * `browser`: a browser that opened the address itself, as cookies. `caller`: nobody by this.
   */
  to?: 'client' | 'browser' | 'caller'
}

/**
 * Opens a session and sends its token. `byFactor`: a second factor has just been proven. Returns the token,
 * and the value by which requests with cookies prove that they come from our pages.
 */
export const openSession = async (
  context: Context,
  { user, byFactor, provenAt = 0 }: Proven,
  { deviceId = '', to = 'client' }: Opening = {},
): Promise<{ token: string; csrf: string }> => {
  const token = newSecret()
  const isMobile = deviceId !== ''
  const props = {
    ...platformOf(context.request.userAgent),
    ...waysOfProviders(user.auth_service),
    isMobile: String(isMobile),
  }
  const length = lengthOf(context.server, kindOf({ device_id: deviceId, props }))
  const session: NewSession = {
    id: newId(context.now),
    token_hash: hashOf(token),
    csrf: newSecret(),
    user_id: user.id,
    create_at: context.now,
    expires_at: context.now + length,
    last_activity_at: context.now,
    device_id: deviceId,
    props,
    factor_at: byFactor ? context.now : 0,
    proven_at: provenAt,
  }
  // A device has at most one session of a person, so an earlier one ends.
  if (isMobile) endAtCommit(context, await deleteSessions(context.db, user.id, { deviceId }))
  // Proving takes time: the password may have changed, or the account may have been deactivated, meanwhile.
  if (!(await insertSession(context.db, session, user))) throw wrong()
  endAtCommit(context, await deleteSessionsBeyond(context.db, user.id, MOST_SESSIONS))
  await record(context, '/users/login', `success session_user=${user.id}`, user.id)
  if (to === 'client') context.head.header('token', token)
  if (to === 'browser' || (to === 'client' && context.request.isBrowser))
    cookies(context, session, token, Math.floor(length / 1000))
  await rememberBrowser(context, user)
  return { token, csrf: session.csrf }
}

export const login = async (context: Context, { body }: InputOf<typeof sessions.login>): Promise<User> => {
  const named = { id: body.id ?? '', login: (body.login_id ?? '').trim().toLowerCase() }
  const proven = await identify(context, named, body.password, body.token ?? '')
  await openSession(context, proven, { deviceId: body.device_id ?? body.deviceId ?? '' })
  return fullUser(proven.user)
}

export const logout = async (context: Context) => {
  const { actor, db, head, request } = context
  if (actor.session && actor.userId) {
    endAtCommit(context, await deleteSessions(db, actor.userId, { id: actor.session.id }))
    await record(context, '/users/logout', '')
  }
  // A form on another site arrives without our cookie, but could make the browser delete it.
  if (actor.session || request.isBrowser) {
    for (const name of ['MMAUTHTOKEN', 'MMUSERID', 'MMCSRF'])
      head.cookie(`${name}=; Path=/; Max-Age=0; SameSite=Lax`)
  }
  head.header('clear-site-data', '"cache"')
  return { status: 'OK' as const }
}

const shownTeam = (row: TeamRow): TeamMember => ({
  ...row,
  roles: roleNames('team', {
    guest: row.scheme_guest,
    user: row.scheme_user,
    admin: row.scheme_admin,
    explicit: row.explicit_roles,
  }),
  delete_at: 0,
})

const shown = (row: SessionRow, roles: string, teams: TeamMember[]): Session => ({
  id: row.id,
  token: '',
  create_at: row.create_at,
  expires_at: row.expires_at,
  last_activity_at: row.last_activity_at,
  user_id: row.user_id,
  device_id: row.device_id,
  roles,
  is_oauth: false,
  expired_notify: false,
  props: {
    isOAuthUser: 'false',
    isSaml: 'false',
    ...row.props,
    csrf: '',
    is_guest: String(roles.split(' ').includes('system_guest')),
  },
  team_members: teams,
  local: false,
})

/** The session that asks is marked, so that its owner can end all others. v4 has no such mark. */
const marked = (session: Session, context: Context): Session =>
  session.id === context.actor.session?.id
    ? { ...session, props: { ...session.props, is_current: 'true' } }
    : session

export const list = async (context: Context, _input: unknown, user: UserRow): Promise<Session[]> => {
  const { db, now } = context
  const teams = (await listTeams(db, user.id)).map(shownTeam)
  const rows = await listSessions(db, user.id, now)
  return rows.map((row) => marked(shown(row, user.roles, teams), context))
}

export const revoke = async (context: Context, { body }: InputOf<typeof sessions.revoke>, user: UserRow) => {
  const ended = await deleteSessions(context.db, user.id, { id: body.session_id })
  if (ended.length === 0) throw new Fault('sessions.not_found')
  endAtCommit(context, ended)
  await record(context, '/users/sessions/revoke', `user=${user.id} session=${body.session_id}`)
  return { status: 'OK' as const }
}

/**
 * When the actor last proved who they are, in milliseconds since the epoch; 0 if that is not known, or
 * without a session of their own.
 */
export const provenAt = async ({ actor, db, now }: Context): Promise<number> => {
  if (!actor.session || actor.session.isToken) return 0
  const own = await listSessions(db, actor.userId, now)
  return own.find(({ id }) => id === actor.session?.id)?.proven_at ?? 0
}

/** Ends all sessions of a person but that of the actor. */
export const endOthers = async (context: Context, userId: string): Promise<void> =>
  endAtCommit(context, await deleteSessions(context.db, userId, { except: context.actor.session?.id ?? '' }))

export const revokeAll = async (context: Context, _input: unknown, user: UserRow) => {
  endAtCommit(context, await deleteSessions(context.db, user.id, {}))
  await record(context, '/users/sessions/revoke/all', `user=${user.id}`)
  return { status: 'OK' as const }
}

export const attachDevice = async (context: Context, { body }: InputOf<typeof sessions.attachDevice>) => {
  const { actor, db, now, server } = context
  if (actor.session && body.device_id) {
    endAtCommit(
      context,
      await deleteSessions(db, actor.userId, { deviceId: body.device_id, except: actor.session.id }),
    )
    const { id } = actor.session
    await setDevice(db, id, body.device_id, now, lengthOf(server, { isMobile: true, isSso: false }))
    forgetSession(context, id)
  }
  return { status: 'OK' as const }
}
