/** How people get an account: by an invitation, on an open server, or as the first person. */
import type { InputOf, onboarding, Team, User } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { Fault } from '../../../core/faults.ts'
import { sameSecret } from '../../../core/ids.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { patchConfig } from '../../ground/settings/index.ts'
import { hashedPassword, savePassword } from '../../people/passwords/index.ts'
import {
  createAccount,
  fullUser,
  hasNoUsers,
  isGuest,
  lockAccounts,
  type NewAccount,
  type UserRow,
} from '../../people/users/index.ts'
import { checkInvitation, follow, takeInvitation } from '../../places/invitations/index.ts'
import {
  addPeople,
  checkDomain,
  countTeams,
  createTeam,
  findTeamByInvite,
  findTeamByName,
  shownTeam,
  type TeamRow,
} from '../../places/teams/index.ts'

const codeOf = perServer<{ code: string }>(
  'the code for the first account',
  'this server printed it; an effect ends it on all servers',
  () => ({ code: '' }),
)

/** Sets the one-time code that the first account needs if others could send the request. */
export const setFirstCode = (server: Server, code: string): void => {
  codeOf(server).code = code
}

/** The first account exists, so the code is no longer valid. */
export const endFirstCode = effect<Record<string, never>>('onboarding.end_code', (server) =>
  setFirstCode(server, ''),
)

/**
 * Throws unless the first account may be created without a code, or the code is right. Without a code, only
 * if nobody else could send the request: a server that listens only on this machine may still be behind a
 * proxy, and any page in a browser here can send it a request.
 */
const checkFirst = ({ server, request }: Context, code: string) => {
  if (server.isLoopback && request.isLocal) return
  const expected = codeOf(server).code
  if (expected === '' || !sameSecret(code, expected)) throw new Fault('onboarding.code')
}

const checkOpen = ({ server, actor }: Context, isInvited: boolean) => {
  if (actor.can('manage_system')) return
  const { EnableUserCreation, EnableOpenServer } = server.settings().TeamSettings
  if (!EnableUserCreation || !server.settings().EmailSettings.EnableSignUpWithEmail)
    throw new Fault('onboarding.disabled')
  if (!isInvited && !EnableOpenServer) throw new Fault('onboarding.closed')
}

type Query = InputOf<typeof onboarding.signUp>['query']

/** The target of a link: an invitation by mail, or a team. */
const linkOf = async (context: Context, { t, iid }: Query, find: typeof checkInvitation) => {
  if (t !== '') return { invitation: await find(context, t) }
  const team = iid === '' ? undefined : await findTeamByInvite(context.db, iid)
  if (iid !== '' && !team) throw new Fault('onboarding.invite')
  // Also before the password is hashed: groups let people in, and a link does not.
  if (team?.group_constrained) throw new Fault('app.team.invite_id.group_constrained.error')
  return { team }
}

/** Throws if the person may not sign up. Returns the target of the link, if there is one. */
const mayComeIn = async (context: Context, query: Query, email: string, find = checkInvitation) => {
  const { invitation, team } = await linkOf(context, query, find)
  checkOpen(context, invitation !== undefined || team !== undefined)
  const { GuestAccountsSettings, TeamSettings } = context.server.settings()
  const rules = invitation?.is_guest ? GuestAccountsSettings : TeamSettings
  checkDomain(rules.RestrictCreationToDomains, (invitation?.email ?? email).toLowerCase())
  return { invitation, team }
}

/**
 * Adds a person to a team, unless it accepts only verified addresses and theirs is not verified yet; throws
 * for any other reason.
 */
const joinUnlessUnproven = async (context: Context, team: TeamRow, user: UserRow): Promise<void> => {
  try {
    await addPeople(context, team, [user.id], { by: user.id })
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'teams.unproven')) throw error
  }
}

/**
 * The team that the settings name for everybody (M3); undefined if there is none, or if groups decide who is
 * in it.
 */
export const primaryTeam = async ({ db, server }: Context): Promise<TeamRow | undefined> => {
  const name = server.settings().TeamSettings.ExperimentalPrimaryTeam
  const team = name === '' ? undefined : await findTeamByName(db, name)
  return team && team.delete_at === 0 && !team.group_constrained ? team : undefined
}

/**
 * Adds a person to the primary team of the settings (M3), if there is one. Guests do not join it. If it is
 * bound to domains, people need a verified address.
 */
export const joinPrimaryTeam = async (context: Context, user: UserRow): Promise<void> => {
  const team = await primaryTeam(context)
  if (team) await joinUnlessUnproven(context, team, user)
}

/**
 * Adds a person by a link. If the team accepts only verified addresses and the server verifies addresses, the
 * person signs up without the team and uses the link later; if the server verifies none, they are refused.
 */
export const joinByLink = async (context: Context, team: TeamRow, user: UserRow): Promise<void> => {
  const { EmailSettings } = context.server.settings()
  if (EmailSettings.RequireEmailVerification) await joinUnlessUnproven(context, team, user)
  else await addPeople(context, team, [user.id], { by: user.id })
}

type NewPerson = Omit<NewAccount, 'roles'> & { password?: string }

const settle = async (context: Context, person: NewPerson, roles: string, hash: string): Promise<UserRow> => {
  const { password: _, ...account } = person
  const user = await createAccount(context, { ...account, roles })
  await savePassword(context, user.id, hash)
  if (!isGuest(user)) await joinPrimaryTeam(context, user)
  return user
}

/** Creates an account with a password, in the primary team. The caller checks the permission. */
export const createPerson = async (context: Context, person: NewPerson, roles: string): Promise<UserRow> =>
  await settle(context, person, roles, await hashedPassword(context, person.password ?? ''))

/** The transaction after the hashing. */
const then = <T>(
  { server, actor, request, head }: Context,
  work: (context: Context) => Promise<T>,
): Promise<T> => change(server, { actor, request, head }, work)

const firstOfAll = async (context: Context, person: NewPerson, hash: string): Promise<User> => {
  await lockAccounts(context.db)
  // If two people want to be first, the one who waited for the lock is not.
  if (!(await hasNoUsers(context.db))) throw new Fault('onboarding.closed')
  const first = await settle(context, person, 'system_admin system_user', hash)
  context.effect(endFirstCode, {})
  return fullUser(first)
}

export const signUp = async (
  context: Context,
  { query, body }: InputOf<typeof onboarding.signUp>,
): Promise<User> => {
  // Checked before the password is hashed, so that only people who may sign up can cause that work.
  const isFirst = await hasNoUsers(context.db)
  if (isFirst) checkFirst(context, query.t)
  else await mayComeIn(context, query, body.email)
  const hash = await hashedPassword(context, body.password ?? '')
  return await then(context, async (inner) => {
    if (isFirst) return await firstOfAll(inner, body, hash)
    // Checked again, because the link may have been replaced meanwhile.
    const { invitation, team } = await mayComeIn(inner, query, body.email, takeInvitation)
    if (invitation) {
      // A person who has the token can read the mail of this address, and of no other.
      const person = { ...body, email: invitation.email, email_verified: true }
      const invited = await settle(inner, person, invitation.is_guest ? 'system_guest' : 'system_user', hash)
      await follow(inner, invitation, invited.id)
      return fullUser(invited)
    }
    const user = await settle(inner, body, 'system_user', hash)
    if (team) await joinByLink(inner, team, user)
    return fullUser(user)
  })
}

/** Creates the first team of a new server, which becomes the primary team (M3). */
export const firstTeam = async (
  context: Context,
  { body }: InputOf<typeof onboarding.firstTeam>,
): Promise<Team> => {
  const { actor, db } = context
  await lockAccounts(db)
  if ((await countTeams(db)) > 0) throw new Fault('api.context.permissions.app_error')
  const team = await createTeam(context, { ...body, type: 'I' }, actor.userId)
  await patchConfig(context, { body: { TeamSettings: { ExperimentalPrimaryTeam: team.name } } })
  return { ...shownTeam(context, team, undefined), invite_id: team.invite_id }
}
