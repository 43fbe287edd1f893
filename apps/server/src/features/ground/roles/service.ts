/** Every request checks roles, so they are in memory; the table is the source of truth. */
import {
  deprecatedPermissions,
  type InputOf,
  type Permission,
  permissions,
  type Role,
  type roles,
} from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { record } from '../audit/index.ts'
import defaults from './defaults.json' with { type: 'json' }
import { announceRole } from './events.ts'
import { lesserName, lesserRole } from './lesser.ts'
import { deniedLists, insertRole, listRoles, updateRole } from './store.ts'

type Known = { role: Role; permissions: Set<string> }

const cacheOf = perServer(
  'roles',
  'a cache of the database: the effect roles.keep keeps the later of two changes',
  () => new Map<string, Known>(),
)

const everyPermission = (Object.keys(permissions) as Permission[]).filter(
  (id) => !deprecatedPermissions.includes(id),
)

/** Writes v4's built-in roles that are missing, and loads all roles. */
export const loadRoles = async (server: Server): Promise<void> => {
  const now = Date.now()
  const known = new Set((await listRoles(server.db)).map(({ name }) => name))
  for (const [name, built] of Object.entries(defaults)) {
    if (known.has(name)) continue
    await insertRole(server.db, {
      id: newId(now),
      name,
      display_name: name.replaceAll('_', ' '),
      description: '',
      permissions: typeof built.permissions === 'string' ? everyPermission : built.permissions,
      scheme_managed: built.scheme_managed,
      built_in: built.built_in,
      create_at: now,
      update_at: now,
      delete_at: 0,
    })
  }
  const cache = cacheOf(server)
  const roles = await listRoles(server.db)
  // Without waiting in between, because requests may arrive while roles are read again.
  cache.clear()
  for (const role of roles) cache.set(role.name, knownOf(role))
}

const knownOf = (role: Role): Known => ({ role, permissions: new Set(role.permissions) })

/** Of two changes of one role the later one applies, in whatever order they arrive. */
export const keepRole = effect<{ role: Role }>('roles.keep', (server, { role }) => {
  const before = cacheOf(server).get(role.name)?.role
  if (!before || role.update_at > before.update_at) cacheOf(server).set(role.name, knownOf(role))
})

/** A setting decides whether members may create teams; it overrides the stored list of the role (M4). */
const isSwitchedOn = (server: Server, role: string, permission: Permission) =>
  role === 'system_user' &&
  permission === 'create_team' &&
  server.settings().PlauschSettings.MembersMayCreateTeams

/** Does one of the roles, separated by spaces, grant the permission? Unknown roles grant nothing. */
export const grants = (server: Server, names: string, permission: Permission): boolean => {
  const cache = cacheOf(server)
  return names
    .split(' ')
    .some((name) => cache.get(name)?.permissions.has(permission) || isSwitchedOn(server, name, permission))
}

/**
 * Do the actor's roles on the server, or these roles of a membership (separated by spaces), grant the
 * permission? Only for teams and channels, which know the roles that count. All other nouns ask `seen.can`.
 */
export const grantedIn = ({ actor, server }: Context, roles: string, permission: Permission): boolean =>
  grants(server, `${actor.roles} ${roles}`, permission)

/** Do these roles grant everything that the other ones grant? Both lists are separated by spaces. */
export const coverRoles = (server: Server, names: string, others: string): boolean => {
  const cache = cacheOf(server)
  return others
    .split(' ')
    .flatMap((name) => [...(cache.get(name)?.permissions ?? [])])
    .every((permission) => grants(server, names, permission as Permission))
}

const show = (server: Server, { role }: Known): Role =>
  isSwitchedOn(server, role.name, 'create_team')
    ? { ...role, permissions: [...role.permissions, 'create_team'] }
    : role

/** The roles with these names; unknown names are left out. */
export const rolesByNames = (server: Server, names: Iterable<string>): Role[] =>
  [...new Set(names)].flatMap((name) => {
    const find = (each: string) => cacheOf(server).get(each)
    const known = find(name)
    if (known) return [show(server, known)]
    return lesserRole(name, (each) => find(each)?.role) ?? []
  })

/** Throws if one of the names, separated by spaces, is not a role. */
export const checkRoleNames = (server: Server, names: string): void => {
  const unknown = names.split(' ').find((name) => name !== '' && !cacheOf(server).has(name))
  if (unknown !== undefined) throw new Fault('roles.unknown', { name: unknown })
}

const all = (server: Server) => [...cacheOf(server).values()].map((known) => show(server, known))

export const listAllRoles = ({ server }: Context) => all(server)

const found = (role: Role | undefined): Role => {
  if (!role) throw new Fault('api.context.404.app_error')
  return role
}

export const getRole = ({ server }: Context, { params }: InputOf<typeof roles.get>) =>
  found(all(server).find((role) => role.id === params.role_id))

export const getRoleByName = ({ server }: Context, { params }: InputOf<typeof roles.getByName>) =>
  found(rolesByNames(server, [params.role_name])[0])

export const listRolesByNames = ({ server }: Context, { body }: InputOf<typeof roles.listByNames>) =>
  rolesByNames(server, body)

/** The lesser roles of a role that somebody has. */
const lesserOf = async ({ db }: Context, role: Role): Promise<Role[]> => {
  if (role.name !== 'channel_user' && role.name !== 'channel_guest') return []
  const lists = await deniedLists(db, role.name === 'channel_user' ? 'denied_members' : 'denied_guests')
  const names = new Set(lists.map((denied) => lesserName(role.name as 'channel_user', denied)))
  return [...names].flatMap((name) => lesserRole(name, () => role) ?? [])
}

/** Sets what a role allows; it applies from the next request of everybody who has it. */
export const patchRole = async (
  context: Context,
  { body }: InputOf<typeof roles.patch>,
  role: Role,
): Promise<Role> => {
  const { db, now, server } = context
  const unknown = body.permissions?.find((id) => !everyPermission.includes(id as Permission))
  if (unknown !== undefined) throw new Fault('roles.unknown_permission', { name: unknown })
  // A permission that the switch adds is visible in the role, and clients send it back, but it is not stored
  // in the role.
  const isOwn = (id: string) => !isSwitchedOn(server, role.name, id as Permission)
  const wanted = [...new Set(body.permissions ?? role.permissions)].filter(isOwn)
  const next = { ...role, permissions: wanted, update_at: Math.max(now, role.update_at + 1) }
  await updateRole(db, next)
  await record(context, 'roles.patch', role.name)
  context.effect(keepRole, { role: next })
  const known = knownOf(next)
  announceRole(context, show(server, known))
  for (const lesser of await lesserOf(context, next)) announceRole(context, lesser)
  return show(server, known)
}

/** The flags of a membership: a guest and nothing else, or a member and perhaps an administrator. */
export const checkSchemeRoles = ({
  scheme_user,
  scheme_admin,
  scheme_guest = false,
}: {
  scheme_user: boolean
  scheme_admin: boolean
  scheme_guest?: boolean
}) => {
  if (scheme_guest === scheme_user || (scheme_guest && scheme_admin)) {
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'scheme_user' })
  }
  return { scheme_user, scheme_admin, scheme_guest }
}
