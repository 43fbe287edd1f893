/** Changes of an account: by its owner, by administrators, and by other nouns that keep data with it. */
import {
  defaultAccountNotifyProps,
  defaultTimezone,
  type InputOf,
  type User,
  type users,
} from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { setSocketRights } from '../../../core/own-effects.ts'
import { record } from '../../ground/audit/index.ts'
import { checkRoleNames } from '../../ground/roles/index.ts'
import {
  announceRoles,
  announceUser,
  emailWanted,
  userActivated,
  userDeactivated,
  userRolesChanged,
  userUpdated,
} from './events.ts'
import { endAccess, endLinks } from './generations.ts'
import { forgetUser } from './memory.ts'
import { refuseProvided } from './providers.ts'
import { shownUser } from './records.ts'
import { checkEmail, checkLocale, checkMap, checkUsername, isGuest } from './rules.ts'
import { checkLimit } from './service.ts'
import {
  countAdmins,
  findByEmail,
  lockAccounts,
  lockUser,
  saveIdentities,
  setIdentity,
  setPasswordTime,
  type UserRow,
  updateUser,
} from './store.ts'

/**
 * Writes a changed account and announces it; the only way in which an account changes. This transaction must
 * have locked `before`.
 */
export const saveAccount = async (
  context: Context,
  before: UserRow,
  changed: Partial<UserRow>,
): Promise<UserRow> => {
  const user = { ...before, ...changed, update_at: Math.max(context.now, before.update_at + 1) }
  await updateUser(context.db, user)
  forgetUser(context, user.id)
  // A link to the old address must no longer give access to the account, nor restore that address.
  if (user.email !== before.email) await endLinks(context, user.id)
  await context.emit(userUpdated, { user, before })
  await announceUser(context, user)
  return user
}

/**
 * The current account, locked until the transaction ends. If it is the actor's own, throws if their session
 * has ended since the request arrived.
 */
export const lockAccount = async ({ actor, db }: Context, id: string): Promise<UserRow> => {
  const user = await lockUser(db, id)
  if (!user) throw new Fault('users.not_found')
  if (id === actor.userId && actor.session && actor.session.generation !== user.generation)
    throw new Fault('api.context.session_expired.app_error')
  return user
}

/**
 * In a transaction: the picture of an account changed. Its address contains the time, so the time must
 * change.
 */
export const notePicture = async (context: Context, user: UserRow): Promise<void> => {
  await saveAccount(context, user, {
    last_picture_update: Math.max(context.now, user.last_picture_update + 1),
  })
}

/** Stores when the password was last set; other people are not told. */
export const notePassword = async (context: Context, id: string): Promise<void> => {
  await setPasswordTime(context.db, id, context.now)
  forgetUser(context, id)
}

/**
 * Gives an account another way to sign in: its sessions, tokens and links end. The caller has locked the
 * account and proven both ways.
 */
export const moveIdentity = async (
  context: Context,
  user: UserRow,
  { auth_service, auth_data }: { auth_service: string; auth_data: string },
): Promise<void> => {
  await setIdentity(context.db, user.id, auth_service, auth_data)
  forgetUser(context, user.id)
  await endAccess(context, user.id)
  const moved = { ...user, auth_service, auth_data }
  await saveAccount(context, moved, {})
}

/** Gives accounts of a way other ids there; nothing else about them changes. */
export const setIdentities = async (
  context: Context,
  service: string,
  moves: readonly { id: string; auth_data: string }[],
): Promise<void> => {
  const ids = moves.map(({ id }) => id)
  // First out of the way, because an id may be that of another account before.
  await saveIdentities(
    context.db,
    service,
    ids,
    ids.map((id) => `moving:${id}`),
  )
  await saveIdentities(
    context.db,
    service,
    ids,
    moves.map(({ auth_data }) => auth_data),
  )
  for (const id of ids) forgetUser(context, id)
}

type Wanted = InputOf<typeof users.patch>['body']

/** The address that takes effect at once: if addresses must be verified, a new one waits for that. */
const addressFor = async (context: Context, before: UserRow, wanted: string): Promise<Partial<UserRow>> => {
  const email = checkEmail(wanted)
  if (email === before.email) return {}
  if (!context.server.settings().EmailSettings.RequireEmailVerification)
    return { email, email_verified: false }
  if (await findByEmail(context.db, email)) throw new Fault('app.user.save.email_exists.app_error')
  await context.emit(emailWanted, { user: before, email })
  return {}
}

/** The names of the texts that would change; an address and a name in any case are the same. */
const differing = (before: UserRow, wanted: Record<string, unknown>): string[] =>
  Object.entries(wanted)
    .filter(
      ([name, value]) =>
        typeof value === 'string' &&
        value.toLowerCase() !== String(before[name as keyof UserRow] ?? '').toLowerCase(),
    )
    .map(([name]) => name)

const changeUser = async (context: Context, user: UserRow, wanted: Wanted): Promise<User> => {
  const { actor, head, request, server } = context
  const { email, password, mfa_code, code, ...rest } = wanted
  // Without the password, anybody who finds an unlocked screen could take the account over with "forgot
  // password".
  if (email !== undefined && email.toLowerCase() !== user.email && user.id === actor.userId) {
    if (password === undefined)
      throw new Fault('api.context.invalid_body_param.app_error', { name: 'password' })
    checkEmail(email)
    await server.ports.provePassword(context, user.id, password)
    await server.ports.proveFactor(context, user.id, mfa_code ?? code ?? '')
  }
  return await change(server, { actor, head, request }, async (inner) => {
    const before = await lockAccount(inner, user.id)
    refuseProvided(server, before, differing(before, { ...rest, ...(email === undefined ? {} : { email }) }))
    const changed: Partial<UserRow> = { ...rest }
    if (rest.username !== undefined) changed.username = checkUsername(rest.username)
    if (rest.locale !== undefined) changed.locale = checkLocale(rest.locale)
    if (rest.notify_props)
      changed.notify_props = checkMap('notify_props', { ...before.notify_props, ...rest.notify_props })
    if (rest.timezone) changed.timezone = checkMap('timezone', { ...defaultTimezone, ...rest.timezone })
    if (rest.props) checkMap('props', rest.props)
    const address = email === undefined ? {} : await addressFor(inner, before, email)
    await record(inner, '/users/update', `user=${before.id}`)
    return shownUser(inner, await saveAccount(inner, before, { ...changed, ...address }))
  })
}

export const patchUser = (
  context: Context,
  { body }: InputOf<typeof users.patch>,
  user: UserRow,
): Promise<User> => changeUser(context, user, body)

/**
 * Replaces the whole account: missing values that its owner may choose are reset to those of a new account.
 */
export const replaceUser = (
  context: Context,
  { body, params }: InputOf<typeof users.update>,
  user: UserRow,
): Promise<User> => {
  const { id, ...wanted } = body
  if (id !== params.user_id) throw new Fault('api.context.invalid_body_param.app_error', { name: 'id' })
  return changeUser(context, user, {
    nickname: '',
    first_name: '',
    last_name: '',
    position: '',
    props: {},
    ...wanted,
    notify_props: { ...defaultAccountNotifyProps, ...wanted.notify_props },
  })
}

const isAdmin = (roles: string) => roles.split(' ').includes('system_admin')

export const keepAnAdmin = async ({ db }: Context, user: UserRow) => {
  if (isAdmin(user.roles) && user.delete_at === 0 && (await countAdmins(db)) <= 1)
    throw new Fault('roles.last_admin')
}

export const setRoles = async (context: Context, { body }: InputOf<typeof users.setRoles>, user: UserRow) => {
  checkRoleNames(context.server, body.roles)
  await lockAccounts(context.db)
  const roles = body.roles
    .split(' ')
    .filter((name) => name !== '')
    .join(' ')
  // The memberships of a guest are guest memberships, too; only promoting and demoting changes all of them.
  if (isGuest({ roles }) !== isGuest(user)) throw new Fault('roles.guest')
  if (!isAdmin(roles)) await keepAnAdmin(context, user)
  await changeRoles(context, user, roles)
  await record(context, '/users/update_roles', `user=${user.id} new_roles=${roles}`)
  return { status: 'OK' as const }
}

/** Changes the roles on the server; takes effect everywhere at once. */
export const changeRoles = async (context: Context, user: UserRow, roles: string): Promise<void> => {
  await saveAccount(context, user, { roles })
  await context.emit(userRolesChanged, { user_id: user.id, roles })
  const is_admin = context.server.ports.grants(roles, 'manage_system')
  context.effect(setSocketRights, { user_id: user.id, is_admin, is_guest: isGuest({ roles }) })
  announceRoles(context, user.id, roles)
}

/** Activates an account, or deactivates it: its sessions, tokens and sockets end with the commit. */
export const activate = async (context: Context, user: UserRow, active: boolean) => {
  await lockAccounts(context.db)
  if (active === (user.delete_at === 0)) return { status: 'OK' as const }
  const { Enable } = context.server.settings().GuestAccountsSettings
  if (active && isGuest(user) && !Enable) throw new Fault('api.team.invite_guests_to_channels.disabled.error')
  if (active) await checkLimit(context)
  else await keepAnAdmin(context, user)
  await saveAccount(context, user, { delete_at: active ? 0 : context.now })
  await record(context, '/users/update_active', `user_id=${user.id} active=${active}`)
  if (!active) await endAccess(context, user.id)
  await context.emit(active ? userActivated : userDeactivated, { user_id: user.id })
  return { status: 'OK' as const }
}

export const setActive = (context: Context, { body }: InputOf<typeof users.setActive>, user: UserRow) =>
  activate(context, user, body.active)

/** As in v4, deleting an account deactivates it: what the person wrote stays, and so does their name. */
export const deactivate = (context: Context, { query }: InputOf<typeof users.deactivate>, user: UserRow) => {
  if (query.permanent) {
    throw context.server.settings().ServiceSettings.EnableAPIUserDeletion
      ? new Fault('api.unsupported', { reason: 'deleting an account for good' })
      : new Fault('api.user.delete_user.not_enabled.app_error')
  }
  return activate(context, user, false)
}
