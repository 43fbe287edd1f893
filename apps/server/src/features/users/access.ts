/** Who may see and change accounts. */
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { findByEmail, findByUsernames, findUsers, lockUser, type UserRow } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

const known = (user: UserRow | undefined): UserRow => {
  if (!user) throw new Fault('users.not_found')
  return user
}

type AboutUser = { params: { user_id: string } }

/** Everybody who is signed in may see that an account exists; what of it is shown is decided by records.ts. */
export const maySeeUser = async ({ db }: Context, { params }: AboutUser): Promise<UserRow> =>
  known((await findUsers(db, [params.user_id]))[0])

export const maySeeUserByName = async (
  { db }: Context,
  { params }: { params: { username: string } },
): Promise<UserRow> => known((await findByUsernames(db, [params.username.toLowerCase()]))[0])

/** By address only where addresses are shown: else this would tell who has one. */
export const maySeeUserByEmail = async (
  { db, actor, server }: Context,
  { params }: { params: { email: string } },
): Promise<UserRow> => {
  const isShown = server.settings().PrivacySettings.ShowEmailAddress
  const user = await findByEmail(db, params.email.toLowerCase())
  if (!isShown && !actor.can('manage_system') && user?.id !== actor.userId) throw new Fault('users.not_found')
  return known(user)
}

/** The filters of lists must not tell who is in a place that the actor cannot see; a port asks the places' own guards. */
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

export const mayAutocomplete = (
  context: Context,
  { query }: { query: { in_team: string; in_channel: string } },
): Promise<void> => mayListPeople(context, query)

export const maySearchUsers = (
  context: Context,
  { body }: { body: { team_id?: string; in_channel_id?: string; not_in_channel_id?: string } },
): Promise<void> =>
  mayListPeople(context, {
    in_team: body.team_id,
    in_channel: body.in_channel_id,
    not_in_channel: body.not_in_channel_id,
  })

/** Oneself, or an administrator who may edit others. */
export const mayEditUser = async ({ db, actor }: Context, { params }: AboutUser): Promise<UserRow> => {
  const user = known((await findUsers(db, [params.user_id]))[0])
  if (user.id !== actor.userId && !actor.can('edit_other_users')) throw forbidden()
  // Whoever is less than an administrator cannot change one.
  if (user.id !== actor.userId && user.roles.includes('system_admin') && !actor.can('manage_system'))
    throw forbidden()
  return user
}

export const mayManageRoles = async ({ db, actor }: Context, { params }: AboutUser): Promise<UserRow> => {
  if (!actor.can('manage_roles') || !actor.can('manage_system')) throw forbidden()
  return known(await lockUser(db, params.user_id))
}

/** Administrators; oneself only where the settings allow it. */
export const mayDelete = async (
  { db, actor, server }: Context,
  { params }: AboutUser,
  active = false,
): Promise<UserRow> => {
  const isOwnWish =
    params.user_id === actor.userId && !active && server.settings().TeamSettings.EnableUserDeactivation
  if (!isOwnWish && !actor.can('sysconsole_write_user_management_users')) throw forbidden()
  const user = known(await lockUser(db, params.user_id))
  if (user.roles.includes('system_admin') && !actor.can('manage_system')) throw forbidden()
  return user
}

export const mayDeactivate = (
  context: Context,
  input: AboutUser & { body: { active: boolean } },
): Promise<UserRow> => mayDelete(context, input, input.body.active)

/** The parts of `/users/{user_id}/…` that are one's own affair: oneself, or an administrator who may edit others. */
export const mayActFor = ({ actor }: Context, { params }: AboutUser): string => {
  if (params.user_id !== actor.userId && !actor.can('edit_other_users')) throw forbidden()
  return params.user_id
}

/** What nobody does for another. */
export const isOneself = ({ actor }: Context, { params }: AboutUser): string => {
  if (params.user_id !== actor.userId) throw forbidden()
  return actor.userId
}

export const mayCountUsers = ({ actor }: Context): void => {
  if (!actor.can('view_members')) throw forbidden()
}
