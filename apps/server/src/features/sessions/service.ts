import type { InputOf, Session, sessions, User } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { hashOf, newId, newSecret } from '../../core/ids.ts'
import { perServer } from '../../core/server.ts'
import { findByLogin, fullUser, type UserRow } from '../users/index.ts'
import { endAtCommit, lengthOf } from './live.ts'
import { checkPassword, hashPassword, isPassword } from './passwords.ts'
import {
  countAttempt,
  deleteSessions,
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

const wrong = () => new Fault('api.user.login.invalid_credentials_email_username')

/** Failed attempts at names that nobody has are counted too, so that being locked does not tell who exists. */
const strangersOf = perServer(() => new Map<string, { count: number; at: number }>())

const countStranger = (context: Context, login: string): number => {
  const strangers = strangersOf(context.server)
  const known = strangers.get(login)
  const count = known && known.at > context.now - LOCKED_MS ? known.count + 1 : 1
  strangers.delete(login)
  strangers.set(login, { count, at: context.now })
  const [oldest] = strangers.keys()
  if (strangers.size > 10_000 && oldest !== undefined) strangers.delete(oldest)
  return count
}

/**
 * The person whose password this is. Attempts are counted first and forgotten on success, each in a commit of its own: a refusal must not
 * roll the count back.
 */
const identify = async (context: Context, login: string, password: string): Promise<UserRow> => {
  const { db, now, server } = context
  const { EnableSignInWithEmail, EnableSignInWithUsername } = server.settings().EmailSettings
  const max = server.settings().ServiceSettings.MaximumLoginAttempts
  const user = await findByLogin(db, login, EnableSignInWithUsername, EnableSignInWithEmail)
  const credential = user && (await findCredential(db, user.id))
  const attempts = credential
    ? await countAttempt(db, credential.user_id, now, now - LOCKED_MS)
    : countStranger(context, login)
  const isRight = await isPassword(credential?.password_hash ?? null, password)
  if (max > 0 && attempts > max) throw new Fault('api.user.check_user_login_attempts.too_many.app_error')
  if (!user || !isRight || user.is_bot) throw wrong()
  await forgetAttempts(db, user.id)
  if (user.delete_at > 0) throw new Fault('api.user.login.inactive.app_error')
  return user
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
export const openSession = async (context: Context, user: UserRow, deviceId: string): Promise<SessionRow> => {
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
  await insertSession(context.db, session)
  context.head.header('token', token)
  if (context.request.isBrowser) cookies(context, session, token, Math.floor(length / 1000))
  return session
}

export const login = async (context: Context, { body }: InputOf<typeof sessions.login>): Promise<User> => {
  const user = await identify(context, (body.login_id ?? '').trim().toLowerCase(), body.password)
  await openSession(context, user, body.device_id ?? body.deviceId ?? '')
  return fullUser(user)
}

export const logout = async (context: Context) => {
  const { actor, db, head } = context
  if (actor.session && actor.userId) endAtCommit(context, await deleteSessions(db, actor.userId, { id: actor.session.id }))
  for (const name of ['MMAUTHTOKEN', 'MMUSERID', 'MMCSRF']) head.cookie(`${name}=; Path=/; Max-Age=0; SameSite=Lax`)
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
    await setDevice(db, actor.session.id, body.device_id, now + lengthOf(server, true))
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

export const changePassword = async (
  context: Context,
  { body }: InputOf<typeof sessions.changePassword>,
  user: UserRow,
) => {
  if (user.id === context.actor.userId) {
    const credential = await findCredential(context.db, user.id)
    if (!(await isPassword(credential?.password_hash ?? null, body.current_password ?? ''))) throw wrong()
  }
  await savePassword(context, user.id, await hashedPassword(context, body.new_password))
  return { status: 'OK' as const }
}
