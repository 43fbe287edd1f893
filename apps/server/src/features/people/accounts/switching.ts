/**
 * Moving an account to another way to sign in. The person proves both: that the account is theirs, and that
 * the other name is. Nobody needs a session for it, so attempts count as at signing in.
 */
import type { accounts, InputOf } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import { hashedPassword, savePassword } from '../passwords/index.ts'
import { identify, type Way, wayOf, waysOn } from '../sessions/index.ts'
import { lockAccount, moveIdentity, type UserRow } from '../users/index.ts'

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

/** In a transaction: the account, which must still be as it was when it was proven. */
const stillProven = async (context: Context, proven: UserRow): Promise<UserRow> => {
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

const move = async (
  context: Context,
  proven: UserRow,
  to: { auth_service: string; auth_data: string },
  hash: string,
): Promise<void> => {
  const { actor, head, request, server } = context
  await change(server, { actor, request, head }, async (inner) => {
    const user = await stillProven(inner, proven)
    await wayOf(server, user)?.leave?.(inner, user)
    await moveIdentity(inner, user, to)
    if (hash !== '') await savePassword(inner, user.id, hash)
    await record(inner, '/users/login/switch', `user=${user.id} to=${to.auth_service || 'email'}`, user.id)
  })
}

export const switchLogin = async (context: Context, { body }: InputOf<typeof accounts.switchLogin>) => {
  const { current_service: from, new_service: to, ldap_id = '', new_password = '' } = body
  const isSwitch = (from === 'email' && services.has(to)) || (services.has(from) && to === 'email')
  if (!isSwitch) throw new Fault('api.context.invalid_body_param.app_error', { name: 'new_service' })
  if (!context.server.settings().ServiceSettings.ExperimentalEnableAuthenticationTransfer)
    throw new Fault(switchedOff(from, to))
  const [now, next] = [wayNamed(context, from), wayNamed(context, to)]
  const { claim } = next
  if (to !== 'email' && !claim) throw new Fault('api.unsupported', { reason: `moving an account to ${to}` })
  const proven = await proveAccount(context, now, body)
  if (!claim) {
    await move(
      context,
      proven,
      { auth_service: '', auth_data: '' },
      await hashedPassword(context, new_password),
    )
    return done
  }
  const auth_data = await claim(context, ldap_id, new_password)
  await move(context, proven, { auth_service: next.service, auth_data }, '')
  return done
}
