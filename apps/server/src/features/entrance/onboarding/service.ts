/** How people get in: by invitation, into an open server, or as the first of all. */
import type { InputOf, onboarding, Team, User } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { Fault } from '../../../core/faults.ts'
import { sameSecret } from '../../../core/ids.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { patchConfig } from '../../ground/settings/index.ts'
import { hashedPassword, savePassword } from '../../people/sessions/index.ts'
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
  'printed by this server, and ended on all by an effect',
  () => ({ code: '' }),
)

/** Sets the one-time code that the first account must bring where others could be asking. */
export const setFirstCode = (server: Server, code: string): void => {
  codeOf(server).code = code
}

/** There is a first account: the code is good for nothing more. */
export const endFirstCode = effect<Record<string, never>>('onboarding.end_code', (server) =>
  setFirstCode(server, ''),
)

/**
 * May the first account be made without a code? Only where nobody else could be asking: a server that listens on this machine only may still
 * stand behind a proxy, and any page that a browser here shows can send it a request.
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

/** What a link leads to: an invitation by mail, or a team. */
const linkOf = async (context: Context, { t, iid }: Query, find: typeof checkInvitation) => {
  if (t !== '') return { invitation: await find(context, t) }
  const team = iid === '' ? undefined : await findTeamByInvite(context.db, iid)
  if (iid !== '' && !team) throw new Fault('onboarding.invite')
  return { team }
}

/** Refuses who may not come in; what the link leads to, if there is a link. */
const mayComeIn = async (context: Context, query: Query, email: string, find = checkInvitation) => {
  const { invitation, team } = await linkOf(context, query, find)
  checkOpen(context, invitation !== undefined || team !== undefined)
  const { GuestAccountsSettings, TeamSettings } = context.server.settings()
  const rules = invitation?.is_guest ? GuestAccountsSettings : TeamSettings
  checkDomain(rules.RestrictCreationToDomains, (invitation?.email ?? email).toLowerCase())
  return { invitation, team }
}

/** Into a team, unless it takes proven addresses only and this one waits for its proof; refused for any other reason. */
const joinUnlessUnproven = async (context: Context, team: TeamRow, user: UserRow): Promise<void> => {
  try {
    await addPeople(context, team, [user.id], { by: user.id })
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'teams.unproven')) throw error
  }
}

/** Everybody but guests belongs to the team that the settings name (M3), if there is one; by a proven address, if it is bound to domains. */
export const joinPrimaryTeam = async (context: Context, user: UserRow): Promise<void> => {
  const name = context.server.settings().TeamSettings.ExperimentalPrimaryTeam
  const team = name === '' ? undefined : await findTeamByName(context.db, name)
  if (team && team.delete_at === 0) await joinUnlessUnproven(context, team, user)
}

/** By a link. Where addresses will be proven, who signs up by the link of a team that asks for that joins it by the link later; else they are refused. */
const joinByLink = async (context: Context, team: TeamRow, user: UserRow): Promise<void> => {
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

/** Creates an account with a password, in the team of everybody. Who may is decided by the caller. */
export const createPerson = async (context: Context, person: NewPerson, roles: string): Promise<UserRow> =>
  await settle(context, person, roles, await hashedPassword(context, person.password ?? ''))

/** The transaction that follows the hashing. */
const then = <T>(
  { server, actor, request, head }: Context,
  work: (context: Context) => Promise<T>,
): Promise<T> => change(server, { actor, request, head }, work)

const firstOfAll = async (context: Context, person: NewPerson, hash: string): Promise<User> => {
  await lockAccounts(context.db)
  // Of two who are first at the same time, the one who waited for the lock is not.
  if (!(await hasNoUsers(context.db))) throw new Fault('onboarding.closed')
  const first = await settle(context, person, 'system_admin system_user', hash)
  context.effect(endFirstCode, {})
  return fullUser(first)
}

export const signUp = async (
  context: Context,
  { query, body }: InputOf<typeof onboarding.signUp>,
): Promise<User> => {
  // Judged before the password is hashed: only who may come in may make the server work.
  const isFirst = await hasNoUsers(context.db)
  if (isFirst) checkFirst(context, query.t)
  else await mayComeIn(context, query, body.email)
  const hash = await hashedPassword(context, body.password ?? '')
  return await then(context, async (inner) => {
    if (isFirst) return await firstOfAll(inner, body, hash)
    // And again: the link may have been replaced meanwhile.
    const { invitation, team } = await mayComeIn(inner, query, body.email, takeInvitation)
    if (invitation) {
      // Whoever holds the token reads the mail of this address, and of no other.
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

/** The first team of a new server, in which everybody will be (M3). */
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
