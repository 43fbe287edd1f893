import type { InputOf, Session, sessions, User } from '@plausch/wire'
import { type Context, change } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { hashOf, newId, newSecret } from '../../core/ids.ts'
import { perServer } from '../../core/server.ts'
import { findByLogin, fullUser, type UserRow } from '../users/index.ts'
import { endAtCommit, forgetSessions, lengthOf } from './live.ts'
import { checkPassword, hashPassword, isPassword } from './passwords.ts'
import {
  type Credential,
  countAttempt,
  deleteSessions,
  deleteSessionsBeyond,
  findCredential,
  forgetAttempts,
  insertSession,
  listSessions,
  type SessionRow,
  saveCredential,
  setDevice,
} from './store.ts'

/** After this time without a failure an account that was locked opens by itself: nobody can lock another out for good. */
const LOCKED_MS = 10 * 60_000
/** Sessions of one person; with a further one, that which was not used for longest ends. */
const MOST_SESSIONS = 500
const NO_LIMIT = 2_147_483_647

const wrong = () => new Fault('api.user.login.invalid_credentials_email_username')

/** Failed attempts at names that nobody has are counted too, so that being locked does not tell who exists. */
const strangersOf = perServer(() => new Map<string, { count: number; at: number }>())

const countStranger = (context: Context, login: string, max: number): number => {
  const strangers = strangersOf(context.server)
  const earlier = strangers.get(login)
  const known = earlier && earlier.at >= context.now - LOCKED_MS ? earlier : { count: 0, at: context.now }
  const count = known.count + 1
  strangers.delete(login)
  strangers.set(login, { count, at: known.count > max ? known.at : context.now })
  const [oldest] = strangers.keys()
  if (strangers.size > 10_000 && oldest !== undefined) strangers.delete(oldest)
  return count
}

/**
 * Is it the password? Attempts are counted first and forgotten on success, each in a commit of its own: a refusal must not roll the count
 * back, and parallel guesses must all count. `login` counts where there is no credential.
 */
const tryPassword = async (
  context: Context,
  credential: Credential | undefined,
  login: string,
  password: string,
): Promise<'right' | 'wrong' | 'locked'> => {
  const { db, now, server } = context
  const max = server.settings().ServiceSettings.MaximumLoginAttempts || NO_LIMIT
  const attempts = credential
    ? await countAttempt(db, credential.user_id, now, now - LOCKED_MS, max)
    : countStranger(context, login, max)
  const isRight = await isPassword(credential?.password_hash ?? null, password)
  if (attempts > max) return 'locked'
  if (!isRight || !credential) return 'wrong'
  await forgetAttempts(db, credential.user_id)
  return 'right'
}

/** The person whose password this is, and the credential that proved it. */
const identify = async (
  context: Context,
  login: string,
  password: string,
): Promise<[UserRow, Credential]> => {
  const { db, server } = context
  const { EnableSignInWithEmail, EnableSignInWithUsername } = server.settings().EmailSettings
  const user = await findByLogin(db, login, EnableSignInWithUsername, EnableSignInWithEmail)
  const credential = user && (await findCredential(db, user.id))
  const answer = await tryPassword(context, credential, login, password)
  if (answer === 'locked') throw new Fault('api.user.check_user_login_attempts.too_many.app_error')
  if (!user || !credential || answer === 'wrong' || user.is_bot) throw wrong()
  if (user.delete_at > 0) throw new Fault('api.user.login.inactive.app_error')
  return [user, credential]
}

/** What can be read from the browser's own description; shown in the list of sessions, nothing depends on it. */
const platformOf = (userAgent: string): Record<string, string> => {
  const os = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(userAgent)?.[0] ?? ''
  const browser = /Mattermost|Firefox|Edg|Chrome|Safari/.exec(userAgent)?.[0] ?? ''
  return { platform: os, os, browser: browser === 'Edg' ? 'Edge' : browser }
}

const cookies = (context: Context, session: SessionRow, token: string, maxAge: number) => {
  const tail = `Path=/; Max-Age=${maxAge}; SameSite=Lax${context.request.isSecure ? '; Secure' : ''}`
  context.head.cookie(`MMAUTHTOKEN=${token}; HttpOnly; ${tail}`)
  context.head.cookie(`MMUSERID=${session.user_id}; ${tail}`)
  context.head.cookie(`MMCSRF=${session.csrf}; ${tail}`)
}

/** Opens a session and tells its token: in a header always, in cookies to browsers. */
const openSession = async (
  context: Context,
  user: UserRow,
  credential: Credential,
  deviceId: string,
): Promise<void> => {
  const token = newSecret()
  const isMobile = deviceId !== ''
  const length = lengthOf(context.server, isMobile)
  const session: SessionRow = {
    id: newId(context.now),
    token_hash: hashOf(token),
    csrf: newSecret(),
    user_id: user.id,
    create_at: context.now,
    expires_at: context.now + length,
    last_activity_at: context.now,
    device_id: deviceId,
    props: { ...platformOf(context.request.userAgent), isMobile: String(isMobile) },
  }
  // A device has one session: the earlier one is somebody's who signed in on it before.
  if (isMobile) endAtCommit(context, await deleteSessions(context.db, user.id, { deviceId }))
  // Hashing takes its time: the password may have been changed, or the account ended, meanwhile.
  if (!(await insertSession(context.db, session, credential.password_hash))) throw wrong()
  endAtCommit(context, await deleteSessionsBeyond(context.db, user.id, MOST_SESSIONS))
  context.head.header('token', token)
  if (context.request.isBrowser) cookies(context, session, token, Math.floor(length / 1000))
}

export const login = async (context: Context, { body }: InputOf<typeof sessions.login>): Promise<User> => {
  const [user, credential] = await identify(
    context,
    (body.login_id ?? '').trim().toLowerCase(),
    body.password,
  )
  await openSession(context, user, credential, body.device_id ?? body.deviceId ?? '')
  return fullUser(user)
}

export const logout = async (context: Context) => {
  const { actor, db, head, request } = context
  if (actor.session && actor.userId)
    endAtCommit(context, await deleteSessions(db, actor.userId, { id: actor.session.id }))
  // A form on a page elsewhere comes without our cookie, but could make the browser drop it.
  if (actor.session || request.isBrowser) {
    for (const name of ['MMAUTHTOKEN', 'MMUSERID', 'MMCSRF'])
      head.cookie(`${name}=; Path=/; Max-Age=0; SameSite=Lax`)
  }
  head.header('clear-site-data', '"cache"')
  return { status: 'OK' as const }
}

const shown = (row: SessionRow, roles: string): Session => ({
  id: row.id,
  token: '',
  create_at: row.create_at,
  expires_at: row.expires_at,
  last_activity_at: row.last_activity_at,
  user_id: row.user_id,
  device_id: row.device_id,
  roles,
  is_oauth: false,
  props: row.props,
  team_members: null,
  local: false,
})

export const list = async (context: Context, _input: unknown, user: UserRow): Promise<Session[]> =>
  (await listSessions(context.db, user.id, context.now)).map((row) => shown(row, user.roles))

export const revoke = async (context: Context, { body }: InputOf<typeof sessions.revoke>, user: UserRow) => {
  const ended = await deleteSessions(context.db, user.id, { id: body.session_id })
  if (ended.length === 0) throw new Fault('sessions.not_found')
  endAtCommit(context, ended)
  return { status: 'OK' as const }
}

export const revokeAll = async (context: Context, _input: unknown, user: UserRow) => {
  endAtCommit(context, await deleteSessions(context.db, user.id, {}))
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
    context.committed(() => forgetSessions(server, (session) => session.id === id))
  }
  return { status: 'OK' as const }
}

/** Checks a password by the settings and hashes it, before any lock is held: hashing takes its time on purpose. */
export const hashedPassword = ({ server }: Context, password: string): Promise<string> => {
  checkPassword(server, password)
  return hashPassword(password)
}

/** Keeps the hash of a password. The caller has decided who may. Ends the person's other sessions, as v4 does by default. */
export const savePassword = async (context: Context, userId: string, hash: string): Promise<void> => {
  await saveCredential(context.db, userId, hash, context.now)
  if (!context.server.settings().ServiceSettings.TerminateSessionsOnPasswordChange) return
  const except = context.actor.userId === userId ? context.actor.session?.id : ''
  endAtCommit(context, await deleteSessions(context.db, userId, { except }))
}

/** Its own password one must know; a wrong one counts as at signing in. The change is a transaction of its own, after the hashing. */
export const changePassword = async (
  context: Context,
  { body }: InputOf<typeof sessions.changePassword>,
  user: UserRow,
) => {
  const { actor, db, head, request, server } = context
  if (user.id === actor.userId) {
    const answer = await tryPassword(
      context,
      await findCredential(db, user.id),
      user.username,
      body.current_password ?? '',
    )
    if (answer === 'locked') throw new Fault('limits.too_many_requests', { seconds: LOCKED_MS / 1000 })
    if (answer === 'wrong') throw new Fault('api.user.update_password.incorrect.app_error')
  }
  const hash = await hashedPassword(context, body.new_password)
  await change(server, { actor, request, head }, (inner) => savePassword(inner, user.id, hash))
  return { status: 'OK' as const }
}
