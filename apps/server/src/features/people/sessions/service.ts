import type { InputOf, Session, sessions, TeamMember, User } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newId, newSecret } from '../../../core/ids.ts'
import { record } from '../../ground/audit/index.ts'
import { roleNames } from '../../ground/roles/index.ts'
import { tryCode } from '../mfa/index.ts'
import {
  endAccess,
  endLinks,
  findByLogin,
  findUsers,
  fullUser,
  lockAccount,
  notePassword,
  type UserRow,
} from '../users/index.ts'
import { forgetFailures, provenCredential, takeBack, tryPassword } from './attempts.ts'
import { forgetAllAttempts } from './attempts-store.ts'
import { passwordChanged } from './events.ts'
import { endAtCommit, forgetSession, lengthOf } from './live.ts'
import { checkPassword, hashPassword, inTurn } from './passwords.ts'
import { rememberBrowser, type Source, sourceOf } from './sources.ts'
import {
  deleteSessions,
  deleteSessionsBeyond,
  findCredential,
  insertSession,
  listSessions,
  listTeams,
  type NewSession,
  type SessionRow,
  saveCredential,
  setDevice,
  type TeamRow,
} from './store.ts'

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
  source: Source,
): Promise<boolean> => {
  const answer = await tryCode(context, user, code)
  if (answer === 'missing') await takeBack(context, user.id, source)
  if (answer === 'missing' || answer === 'wrong') throw new Fault('mfa.validate_token.authenticate.app_error')
  return answer === 'right'
}

const refuseSignIn = async (context: Context, user: UserRow, fault: Fault): Promise<never> => {
  await record(context, '/users/login', `FAILED login_id=${user.username}`, user.id)
  throw fault
}

type Proven = { user: UserRow; passwordHash: string; byFactor: boolean }

/** The person with this login, password and code, and what proved it. */
const identify = async (
  context: Context,
  { id, login }: { id: string; login: string },
  password: string,
  code: string,
): Promise<Proven> => {
  const { db, server } = context
  const { EnableSignInWithEmail, EnableSignInWithUsername, RequireEmailVerification } =
    server.settings().EmailSettings
  const [user] = id
    ? await findUsers(db, [id])
    : [await findByLogin(db, login, EnableSignInWithUsername, EnableSignInWithEmail)]
  const credential = user && (await findCredential(db, user.id))
  const source = sourceOf(context, user, credential)
  const answer = await tryPassword(context, credential, id || login, password, source)
  if (answer === 'locked') throw new Fault('api.user.check_user_login_attempts.too_many.app_error')
  if (!user || !credential || user.is_bot) throw wrong()
  if (answer === 'wrong') return await refuseSignIn(context, user, wrong())
  if (user.delete_at > 0)
    return await refuseSignIn(context, user, new Fault('api.user.login.inactive.app_error'))
  const byFactor = await checkFactor(context, user, code, source)
  await forgetFailures(context, user.id, source)
  if (RequireEmailVerification && !user.email_verified)
    return await refuseSignIn(context, user, new Fault('api.user.login.not_verified.app_error'))
  return { user, passwordHash: credential.password_hash, byFactor }
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

/**
 * Opens a session and sends its token: always in a header, and in cookies to browsers. `byFactor`: a second
 * factor has just been proven.
 */
export const openSession = async (
  context: Context,
  { user, passwordHash, byFactor }: Proven,
  deviceId: string,
): Promise<void> => {
  const token = newSecret()
  const isMobile = deviceId !== ''
  const length = lengthOf(context.server, isMobile)
  const session: NewSession = {
    id: newId(context.now),
    token_hash: hashOf(token),
    csrf: newSecret(),
    user_id: user.id,
    create_at: context.now,
    expires_at: context.now + length,
    last_activity_at: context.now,
    device_id: deviceId,
    props: { ...platformOf(context.request.userAgent), isMobile: String(isMobile) },
    factor_at: byFactor ? context.now : 0,
  }
  // A device has at most one session of a person, so an earlier one ends.
  if (isMobile) endAtCommit(context, await deleteSessions(context.db, user.id, { deviceId }))
  // Hashing takes time: the password may have changed, or the account may have been deactivated, meanwhile.
  if (!(await insertSession(context.db, session, passwordHash))) throw wrong()
  endAtCommit(context, await deleteSessionsBeyond(context.db, user.id, MOST_SESSIONS))
  await record(context, '/users/login', `success session_user=${user.id}`, user.id)
  context.head.header('token', token)
  if (context.request.isBrowser) cookies(context, session, token, Math.floor(length / 1000))
  rememberBrowser(context, user, passwordHash)
}

export const login = async (context: Context, { body }: InputOf<typeof sessions.login>): Promise<User> => {
  const named = { id: body.id ?? '', login: (body.login_id ?? '').trim().toLowerCase() }
  const proven = await inTurn(context.request.ip, () =>
    identify(context, named, body.password, body.token ?? ''),
  )
  await openSession(context, proven, body.device_id ?? body.deviceId ?? '')
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
    ...row.props,
    csrf: '',
    isOAuthUser: 'false',
    isSaml: 'false',
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
    await setDevice(db, id, body.device_id, now + lengthOf(server, true))
    forgetSession(context, id)
  }
  return { status: 'OK' as const }
}

/**
 * Checks a password against the settings and hashes it. Call it before taking locks, because hashing is slow
 * on purpose.
 */
export const hashedPassword = async ({ request, server }: Context, password: string): Promise<string> => {
  await checkPassword(server, password)
  return await inTurn(request.ip, () => hashPassword(password))
}

/**
 * Stores the hash of a password. The caller checks the permission, and ends the access that the old one gave.
 */
export const savePassword = async (context: Context, userId: string, hash: string): Promise<void> => {
  await saveCredential(context.db, userId, hash, context.now)
  await notePassword(context, userId)
}

/**
 * Sets a password without proof of the old one: unlocks the account, and ends everything that gave access
 * before.
 */
export const resetPassword = async (context: Context, user: UserRow, hash: string): Promise<void> => {
  await savePassword(context, user.id, hash)
  await forgetAllAttempts(context.db, user.id)
  await endAccess(context, user.id)
}

/**
 * Sets the actor's own new password: ends links, and the other sessions if the settings say so. Personal
 * tokens stay.
 */
const renewPassword = async (context: Context, user: UserRow, former: string, hash: string) => {
  // Proving and hashing take time: the proven password may no longer be the current one.
  if ((await findCredential(context.db, user.id))?.password_hash !== former)
    throw new Fault('api.user.update_password.incorrect.app_error')
  await savePassword(context, user.id, hash)
  await endLinks(context, user.id)
  rememberBrowser(context, user, hash)
  if (!context.server.settings().ServiceSettings.TerminateSessionsOnPasswordChange) return
  endAtCommit(context, await deleteSessions(context.db, user.id, { except: context.actor.session?.id ?? '' }))
}

/**
 * To change their own password, people must know the old one; wrong ones are counted. The change is a
 * separate transaction after the hashing.
 */
export const changePassword = async (
  context: Context,
  { body }: InputOf<typeof sessions.changePassword>,
  { id }: UserRow,
) => {
  const { actor, head, request, server } = context
  const isOwn = id === actor.userId
  const former = isOwn ? await provenCredential(context, id, body.current_password ?? '') : undefined
  const hash = await hashedPassword(context, body.new_password)
  await change(server, { actor, request, head }, async (inner) => {
    const user = await lockAccount(inner, id)
    if (former) await renewPassword(inner, user, former.password_hash, hash)
    else await resetPassword(inner, user, hash)
    await record(inner, '/users/newpassword', `completed user=${id}`)
    await inner.emit(passwordChanged, { user_id: id })
  })
  return { status: 'OK' as const }
}
