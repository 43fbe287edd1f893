/**
 * Accounts of people of the directory. The id there decides whose account it is; a name or an address never
 * does.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import {
  activate,
  changeRoles,
  createAccount,
  demote,
  emailOf,
  findByEmail,
  findByIdentity,
  findUsers,
  freeName,
  isGuest,
  lockAccount,
  lockAccounts,
  saveAccount,
  takenNames,
  type UserRow,
  usernameOf,
} from '../../people/users/index.ts'
import { joinPrimaryTeam } from '../onboarding/index.ts'
import { changedFields, isOurs, rolesOf } from './diff.ts'
import { type Person, providedFields, type Standing } from './people.ts'
import { findKept, hasLocalAdmin, saveDeactivated } from './store.ts'

export const SERVICE = 'ldap'

/**
 * Makes the account of a person who has none. The caller holds `lockAccounts`, and lets them into the primary
 * team.
 */
export const createOne = async (context: Context, person: Person, standing: Standing): Promise<UserRow> => {
  const email = emailOf(person.email)
  if (email === '') throw new Fault('directory.no_address')
  if (await findByEmail(context.db, email)) throw new Fault('directory.address_taken')
  const user = await createAccount(context, {
    username: await freeName(context, usernameOf(person.username)),
    email,
    email_verified: true,
    first_name: person.first_name,
    last_name: person.last_name,
    nickname: person.nickname,
    position: person.position,
    roles: rolesOf('system_user', standing),
    identity: { auth_service: SERVICE, auth_data: person.id },
  })
  await record(context, '/ldap/account', `created user=${user.id}`, user.id)
  return user
}

/** What an account must change to be as the directory says. */
const changesOf = async (context: Context, user: UserRow, person: Person): Promise<Partial<UserRow>> => {
  const provided = new Set(providedFields(context.server.settings().LdapSettings))
  const [email, username] = [emailOf(person.email), usernameOf(person.username)]
  const holder = email === '' ? undefined : await findByEmail(context.db, email)
  const addresses = new Map(holder ? [[email, holder.id]] : [])
  const names = new Map([...(await takenNames(context.db, [username]))].map((name) => [name, '']))
  const kept = { ...user, deactivated_at: 0, missing_since: 0 }
  const changed = changedFields(kept, person, { provided, addresses, names })
  return changed.email === undefined ? changed : { ...changed, email_verified: true }
}

const isAdmin = ({ roles }: { roles: string }) => roles.split(' ').includes('system_admin')

/** Brings an account up to date. What is given comes back, the same object, if nothing was written. */
export const update = async (
  context: Context,
  user: UserRow,
  person: Person,
  standing: Standing,
): Promise<UserRow> => {
  let now = user
  const changed = await changesOf(context, now, person)
  if (Object.keys(changed).length > 0) now = await saveAccount(context, now, changed)
  const roles = rolesOf(now.roles, standing)
  // Ceasing to be a guest is an administrator's decision.
  if (roles === now.roles || isGuest(now)) return now
  // Somebody must be able to get in when the directory is wrong.
  const isLosing = isAdmin(now) && !isAdmin({ roles })
  if (isLosing && !(await hasLocalAdmin(context.db))) return now
  if (isGuest({ roles })) await demote(context, undefined, now)
  else await changeRoles(context, now, roles)
  return (await findUsers(context.db, [now.id]))[0] ?? now
}

/** Brings an account back that a pass took out; one that an administrator switched off stays as it is. */
export const restore = async (
  context: Context,
  user: UserRow,
  person: Person,
  standing: Standing,
): Promise<UserRow> => {
  const kept = await findKept(context.db, user.id)
  if (!kept || !isOurs({ ...user, ...kept })) return user
  await activate(context, user, true)
  await saveDeactivated(context.db, user.id, 0)
  return await update(context, await lockAccount(context, user.id), person, standing)
}

/** The account of a person who has proven their password: made, or brought up to date. */
export const admit = async (context: Context, person: Person, standing: Standing): Promise<UserRow> => {
  const known = await findByIdentity(context.db, SERVICE, person.id)
  if (!known) {
    await lockAccounts(context.db)
    // Two first sign-ins at once: the second one finds what the first one made.
    const made = await findByIdentity(context.db, SERVICE, person.id)
    if (made) return made
    const user = await createOne(context, person, standing)
    if (!isGuest(user)) await joinPrimaryTeam(context, user)
    return user
  }
  const user = await lockAccount(context, known.id)
  // Only what a pass took out comes back by itself; what an administrator switched off stays off.
  return user.delete_at > 0
    ? await restore(context, user, person, standing)
    : await update(context, user, person, standing)
}
