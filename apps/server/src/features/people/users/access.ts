/** Who may see and change accounts. */
import type { ServerPermission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { coverRoles } from '../../ground/roles/index.ts'
import { accountOf } from './memory.ts'
import { findByEmail, findByUsernames, findMet, findUsers, lockUser, type UserRow } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

const known = (user: UserRow | undefined): UserRow => {
  if (!user) throw new Fault('users.not_found')
  return user
}

type AboutUser = { params: { user_id: string } }

/** Guests know only of people whom they meet in a channel; for them everybody else does not exist. */
const seesAll = ({ actor }: Context) => actor.can('view_members')

/** Lists are limited to people whom this person meets; '' for no limit. */
export const viewerOf = (context: Context): string => (seesAll(context) ? '' : context.actor.userId)

/** Those of the people of whom the actor may know. */
export const seenIds = async (context: Context, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(seesAll(context) ? ids : await findMet(context.db, context.actor.userId, ids))

export const seenPeople = async <P extends { id: string }>(
  context: Context,
  people: readonly P[],
): Promise<P[]> => {
  const ids = people.map((person) => person.id)
  const seen = await seenIds(context, ids)
  return people.filter((person) => seen.has(person.id))
}

const seenOne = async (context: Context, user: UserRow | undefined): Promise<UserRow> =>
  known(user && (await seenPeople(context, [user]))[0])

/**
 * Everybody who is signed in, except guests, may see that an account exists; records.ts decides what they see
 * of it.
 */
export const maySeeUser = async (context: Context, { params }: AboutUser): Promise<UserRow> =>
  seenOne(context, await accountOf(context, params.user_id))

export const maySeeUserByName = async (
  context: Context,
  { params }: { params: { username: string } },
): Promise<UserRow> =>
  seenOne(context, (await findByUsernames(context.db, [params.username.toLowerCase()]))[0])

/** By address only if addresses are shown; otherwise this would reveal who has one. */
export const maySeeUserByEmail = async (
  context: Context,
  { params }: { params: { email: string } },
): Promise<UserRow> => {
  const { db, actor, server } = context
  const isShown = server.settings().PrivacySettings.ShowEmailAddress
  const user = await findByEmail(db, params.email.toLowerCase())
  if (!isShown && !actor.can('manage_system') && user?.id !== actor.userId) throw new Fault('users.not_found')
  return await seenOne(context, user)
}

/**
 * The filters of lists must not reveal who is in a place that the actor cannot see; a port asks the guards of
 * the places.
 */
export const mayListPeople = async (
  context: Context,
  places: { in_team?: string; not_in_team?: string; in_channel?: string; not_in_channel?: string },
): Promise<void> => {
  const teams = [places.in_team, places.not_in_team].filter((id): id is string => Boolean(id))
  const channels = [places.in_channel, places.not_in_channel].filter((id): id is string => Boolean(id))
  for (const id of teams) await context.server.ports.checkTeamVisible(context, id)
  for (const id of channels) await context.server.ports.checkChannelVisible(context, id)
}

export const mayListUsers = (
  context: Context,
  { query }: { query: { in_team: string; not_in_team: string; in_channel: string; not_in_channel: string } },
): Promise<void> => mayListPeople(context, query)

/**
 * Only people who manage others may count them by filters, and not even they may count a conversation of
 * others.
 */
export const mayCountFiltered = async (
  context: Context,
  { query }: { query: { in_team: string; in_channel: string } },
): Promise<void> => {
  if (!context.actor.can('sysconsole_read_user_management_users')) throw forbidden()
  await mayListPeople(context, query)
}

export const mayAutocomplete = (
  context: Context,
  { query }: { query: { in_team: string; in_channel: string } },
): Promise<void> => mayListPeople(context, query)

export const maySearchUsers = (
  context: Context,
  {
    body,
  }: {
    body: { team_id?: string; not_in_team_id?: string; in_channel_id?: string; not_in_channel_id?: string }
  },
): Promise<void> =>
  mayListPeople(context, {
    in_team: body.team_id,
    not_in_team: body.not_in_team_id,
    in_channel: body.in_channel_id,
    not_in_channel: body.not_in_channel_id,
  })

/**
 * Nobody may act for a person, or on the account of a person, who has more rights on the server; otherwise a
 * delegated right would lead to all rights.
 */
export const refuseAbove = ({ actor, server }: Context, user: UserRow): void => {
  if (user.id === actor.userId || actor.can('manage_system')) return
  if (!coverRoles(server, actor.roles, user.roles)) throw forbidden()
}

/** For oneself; with this permission also for accounts that do not have more rights. */
const mayManage =
  (permission: ServerPermission) =>
  async (context: Context, { params }: AboutUser): Promise<UserRow> => {
    const { db, actor } = context
    if (params.user_id !== actor.userId && !actor.can(permission)) throw forbidden()
    const user = known((await findUsers(db, [params.user_id]))[0])
    refuseAbove(context, user)
    return user
  }

/** For oneself, and for administrators who may edit others. */
export const mayEditUser = mayManage('edit_other_users')

export const mayManageRoles = async ({ db, actor }: Context, { params }: AboutUser): Promise<UserRow> => {
  if (!actor.can('manage_roles') || !actor.can('manage_system')) throw forbidden()
  return known(await lockUser(db, params.user_id))
}

/** For promoting and demoting guests. */
const mayTurn =
  (permission: ServerPermission) =>
  async (context: Context, { params }: AboutUser): Promise<UserRow> => {
    if (!context.actor.can(permission)) throw forbidden()
    const user = known(await lockUser(context.db, params.user_id))
    refuseAbove(context, user)
    return user
  }

export const mayPromote = mayTurn('promote_guest')

export const mayDemote = async (context: Context, input: AboutUser): Promise<UserRow> => {
  const user = await mayTurn('demote_to_guest')(context, input)
  if (!context.server.settings().GuestAccountsSettings.Enable)
    throw new Fault('api.team.demote_user_to_guest.disabled.error')
  return user
}

/** For administrators; for oneself only if the settings allow it. */
export const mayDelete = async (
  context: Context,
  { params }: AboutUser,
  active = false,
): Promise<UserRow> => {
  const { db, actor, server } = context
  const isOwnWish =
    params.user_id === actor.userId && !active && server.settings().TeamSettings.EnableUserDeactivation
  if (!isOwnWish && !actor.can('sysconsole_write_user_management_users')) throw forbidden()
  const user = known(await lockUser(db, params.user_id))
  refuseAbove(context, user)
  return user
}

export const mayDeactivate = (
  context: Context,
  input: AboutUser & { body: { active: boolean } },
): Promise<UserRow> => mayDelete(context, input, input.body.active)

/**
 * For the private parts of `/users/{user_id}/…`: oneself, or an administrator who may edit others and does
 * not have fewer rights.
 */
export const mayActFor = async (context: Context, input: AboutUser): Promise<string> =>
  input.params.user_id === context.actor.userId
    ? context.actor.userId
    : (await mayEditUser(context, input)).id

/** For what nobody may do for somebody else. */
export const isOneself = ({ actor }: Context, { params }: AboutUser): string => {
  if (params.user_id !== actor.userId) throw forbidden()
  return actor.userId
}

export const mayCountUsers = ({ actor }: Context): void => {
  if (!actor.can('view_members')) throw forbidden()
}
