/**
 * Moving an account to another way to sign in. The person proves both: that the account is theirs, and that
 * the other name is. Nobody needs a session for it, so attempts count as at signing in.
 */
import type { accounts, InputOf } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import { hashedPassword, savePassword } from '../passwords/index.ts'
import { identify, provenAt, type Way, wayOf, waysOn } from '../sessions/index.ts'
import {
  findByIdentity,
  findUsers,
  lockAccount,
  lockAccounts,
  moveIdentity,
  type UserRow,
} from '../users/index.ts'
import { hasOtherLocalAdmin } from './store.ts'
import { tell } from './telling.ts'

type Body = InputOf<typeof accounts.switchLogin>['body']

const services = new Set(['ldap', 'saml', 'gitlab', 'google', 'office365', 'openid'])
/** Where v4's pages go afterwards. */
const done = { follow_link: '/login?extra=signin_change' }

const wrong = () => new Fault('api.user.login.invalid_credentials_email_username')

const switchedOff = (from: string, to: string) => {
  if (from === 'ldap') return 'api.user.ldap_to_email.not_available.app_error'
  if (to === 'ldap') return 'api.user.email_to_ldap.not_available.app_error'
  return from === 'email'
    ? 'api.user.email_to_oauth.not_available.app_error'
    : 'api.user.oauth_to_email.not_available.app_error'
}

/** The way that a request names; passwords are "email" there. */
const wayNamed = ({ server }: Context, name: string): Way => {
  const service = name === 'email' ? '' : name
  const way = waysOn(server).find((each) => each.service === service)
  if (!way) throw new Fault('api.unsupported', { reason: `signing in by ${name}` })
  return way
}

/** Proves the account with this address by the way that it has now. */
const proveAccount = async (
  context: Context,
  way: Way,
  { email, password, mfa_code }: Body,
): Promise<UserRow> => {
  const login = (email ?? '').trim().toLowerCase()
  const { user } = await identify(context, { id: '', login }, password ?? '', mfa_code ?? '', [way])
  if (user.email !== login || user.auth_service !== way.service) throw wrong()
  return user
}

/** An account as it was when its owner proved it. */
type ProvenAccount = Pick<
  UserRow,
  'id' | 'auth_service' | 'auth_data' | 'generation' | 'last_password_update'
>

/** In a transaction: the account, which must still be as it was when it was proven. */
const stillProven = async (context: Context, proven: ProvenAccount): Promise<UserRow> => {
  const user = await lockAccount(context, proven.id)
  const isSame =
    user.delete_at === 0 &&
    user.auth_service === proven.auth_service &&
    user.auth_data === proven.auth_data &&
    user.generation === proven.generation &&
    user.last_password_update === proven.last_password_update
  if (!isSame) throw wrong()
  return user
}

/**
 * In a transaction: moves a proven account to another way, for which its owner has proven the id. Its
 * sessions end, and the owner is told.
 */
export const moveTo = async (
  context: Context,
  proven: ProvenAccount,
  to: { auth_service: string; auth_data: string },
): Promise<void> => {
  const user = await stillProven(context, proven)
  await wayOf(context.server, user)?.leave?.(context, user)
  await moveIdentity(context, user, to)
  await record(context, '/users/login/switch', `user=${user.id} to=${to.auth_service || 'email'}`, user.id)
  await tell(context, user.id, 'wayChanged')
}

const move = async (
  context: Context,
  proven: ProvenAccount,
  to: { auth_service: string; auth_data: string },
  hash: string,
): Promise<void> => {
  const { actor, head, request, server } = context
  await change(server, { actor, request, head }, async (inner) => {
    await moveTo(inner, proven, to)
    if (hash !== '') await savePassword(inner, proven.id, hash)
  })
}

/** So long it counts that a person proved who they are; a session that is older proves only that it is open. */
const FRESH_MS = 10 * 60_000

/**
 * The actor's own account, if they have just proven to be its owner by this way, which knows no password: a
 * provider that has let them in without asking has proven nothing.
 */
const proveSession = async (context: Context, way: Way, { email = '' }: Body): Promise<UserRow> => {
  const { actor, db, now } = context
  const [user] = await findUsers(db, actor.userId === '' ? [] : [actor.userId])
  const isOwn = user?.email === email.trim().toLowerCase() && user.auth_service === way.service
  if (!user || !isOwn) throw new Fault('api.user.oauth_to_email.context.app_error')
  if (now - (await provenAt(context)) > FRESH_MS) throw new Fault('sso.sign_in_again')
  return user
}

const toPassword = async (context: Context, proven: UserRow, password: string) => {
  await move(context, proven, { auth_service: '', auth_data: '' }, await hashedPassword(context, password))
  return done
}

export const switchLogin = async (context: Context, { body }: InputOf<typeof accounts.switchLogin>) => {
  const { current_service: from, new_service: to, ldap_id = '', new_password = '' } = body
  const isSwitch = (from === 'email' && services.has(to)) || (services.has(from) && to === 'email')
  if (!isSwitch) throw new Fault('api.context.invalid_body_param.app_error', { name: 'new_service' })
  if (!context.server.settings().ServiceSettings.ExperimentalEnableAuthenticationTransfer)
    throw new Fault(switchedOff(from, to))
  const [now, next] = [wayNamed(context, from), wayNamed(context, to)]
  const { claim, claimElsewhere } = next
  if (to !== 'email' && !claim && !claimElsewhere)
    throw new Fault('api.unsupported', { reason: `moving an account to ${to}` })
  if (!now.signIn) return await toPassword(context, await proveSession(context, now, body), new_password)
  const proven = await proveAccount(context, now, body)
  if (claimElsewhere) return { follow_link: await claimElsewhere(context, proven) }
  if (!claim) return await toPassword(context, proven, new_password)
  const auth_data = await claim(context, ldap_id, new_password)
  await move(context, proven, { auth_service: next.service, auth_data }, '')
  return done
}

const isAdmin = ({ roles }: UserRow): boolean => roles.split(' ').includes('system_admin')

/**
 * Moves an account to the way that an administrator names, without a proof of its owner, who is told by mail.
 * Somebody must stay who gets in when the directory and all providers are away.
 */
export const setWay = async (
  context: Context,
  { body }: InputOf<typeof accounts.setWay>,
  user: UserRow,
): Promise<{ auth_data: string; auth_service: string }> => {
  const { db, server } = context
  const named = (body.auth_service ?? '').trim()
  const to = { auth_service: named === 'email' ? '' : named, auth_data: (body.auth_data ?? '').trim() }
  const isKnown = to.auth_service === '' || services.has(to.auth_service)
  if (user.is_bot || !isKnown || (to.auth_service === '') !== (to.auth_data === ''))
    throw new Fault('api.user.update_user_auth.invalid_request')
  if (to.auth_service === user.auth_service && to.auth_data === user.auth_data) return to
  if (to.auth_service !== '') {
    // One after the other: two at once must not leave the server without such an administrator.
    await lockAccounts(db)
    const holder = await findByIdentity(db, to.auth_service, to.auth_data)
    if (holder) throw new Fault('api.user.update_user_auth.invalid_request')
    if (isAdmin(user) && !(await hasOtherLocalAdmin(db, user.id))) throw new Fault('roles.last_admin')
  }
  await wayOf(server, user)?.leave?.(context, user)
  await moveIdentity(context, user, to)
  await record(context, '/users/auth', `user=${user.id} to=${to.auth_service || 'email'}`, user.id)
  await tell(context, user.id, 'wayChanged')
  return to
}
