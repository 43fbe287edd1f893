/**
 * Accounts of people who come from a provider. The pair of service and id there decides whose account it is;
 * a name or an address never does.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import {
  createAccount,
  demote,
  emailOf,
  findByEmail,
  findByIdentity,
  findUsers,
  freeName,
  hasNoUsers,
  isGuest,
  isRenamed,
  lockAccount,
  lockAccounts,
  saveAccount,
  type UserRow,
  usernameOf,
} from '../../people/users/index.ts'
import { follow, takeInvitation } from '../../places/invitations/index.ts'
import { checkDomain, findTeamByInvite, isBound, type TeamRow } from '../../places/teams/index.ts'
import { joinByLink, joinPrimaryTeam } from '../onboarding/index.ts'
import type { Claimed } from './claimed.ts'

/** A person as a provider describes them; '' for what it does not say. */
export type Person = {
  /** `auth_service` of the account. */
  service: string
  /** `auth_data`: stays the same when name and address change, and belongs to nobody else of the service. */
  id: string
  username: string
  email: string
  /** The provider has checked that the person reads this address. */
  isEmailVerified: boolean
  first_name: string
  last_name: string
  locale: string
  /** When the person last proved to the provider who they are, in milliseconds; 0 if it does not say. */
  signedInAt: number
  /** The provider says that the person is a guest. Ceasing to be one is an administrator's decision. */
  isGuest?: boolean
  /** The groups that the provider names; undefined if it says nothing about groups, or nobody asks. */
  claimed?: Claimed | undefined
}

/** The invitation by which a new person came; '' for none. */
export type Invited = { token: string; teamId: string }

/** The fields of an account that the provider determines. */
export const PROVIDED = ['username', 'email', 'first_name', 'last_name']

const isGuestThere = ({ server }: Context, { isGuest: isThere = false }: Person): boolean =>
  isThere && server.settings().GuestAccountsSettings.Enable

const known = (locale: string): string => (/^(de|en)\b/i.exec(locale)?.[0] ?? '').toLowerCase()

type Invitation = Awaited<ReturnType<typeof takeInvitation>>

/**
 * What of a new person's rights and places an invitation decides: one by mail, or else the link of a team.
 * Whom the provider calls a guest comes in by an invitation for guests only, as guests do who have an account.
 */
const invitationOf = async (
  context: Context,
  person: Person,
  { token, teamId }: Invited,
): Promise<{ invitation?: Invitation; team?: TeamRow }> => {
  if (token !== '') {
    const invitation = await takeInvitation(context, token)
    if (isGuestThere(context, person) && !invitation.is_guest)
      throw new Fault('api.user.create_user.invalid_invitation_type.app_error')
    return { invitation }
  }
  if (teamId === '') return {}
  const team = await findTeamByInvite(context.db, teamId)
  if (!team) throw new Fault('onboarding.invite')
  if (isGuestThere(context, person)) throw new Fault('api.team.add_user_to_team_from_invite.guest.app_error')
  if (team.group_constrained) throw new Fault('app.team.invite_id.group_constrained.error')
  return { team }
}

const checkNew = async (context: Context): Promise<void> => {
  // The first account becomes the administrator: nobody gets that from outside.
  if (await hasNoUsers(context.db)) throw new Fault('sso.first')
  if (!context.server.settings().TeamSettings.EnableUserCreation) throw new Fault('onboarding.disabled')
}

/**
 * Throws if the person may not have an account with this address. Where domains count, only a proven address
 * does: at many providers people enter what they like.
 */
const checkAddress = (domains: string, email: string, isProven: boolean): void => {
  checkDomain(domains, email)
  if (isBound(domains) && !isProven) throw new Fault('sso.unproven_address')
}

/** Makes the account of a person who has none. The caller holds `lockAccounts`. */
const createOne = async (context: Context, person: Person, invited: Invited): Promise<UserRow> => {
  await checkNew(context)
  const email = emailOf(person.email)
  if (email === '') throw new Fault('sso.no_address')
  if (await findByEmail(context.db, email))
    throw new Fault('api.user.create_oauth_user.already_attached.app_error')
  const { invitation, team } = await invitationOf(context, person, invited)
  const { GuestAccountsSettings, TeamSettings } = context.server.settings()
  const isForGuests = invitation?.is_guest === true || isGuestThere(context, person)
  const rules = isForGuests ? GuestAccountsSettings : TeamSettings
  // Whoever has the token of an invitation reads the mail of its address.
  const isProven = person.isEmailVerified || invitation?.email === email
  checkAddress(rules.RestrictCreationToDomains, email, isProven)
  const user = await createAccount(context, {
    username: await freeName(context, usernameOf(person.username)),
    email,
    email_verified: isProven,
    first_name: person.first_name,
    last_name: person.last_name,
    locale: known(person.locale),
    roles: isForGuests ? 'system_guest' : 'system_user',
    identity: { auth_service: person.service, auth_data: person.id },
  })
  await record(context, `/oauth/${person.service}/account`, `created user=${user.id}`, user.id)
  if (!isGuest(user)) await joinPrimaryTeam(context, user)
  if (invitation) await follow(context, invitation, user.id)
  if (team) await joinByLink(context, team, user)
  return user
}

/** What an account must change to be as the provider says. An address that somebody else has is not taken. */
const changesOf = async (context: Context, user: UserRow, person: Person): Promise<Partial<UserRow>> => {
  const changed: Partial<UserRow> = {}
  for (const field of ['first_name', 'last_name'] as const) {
    if (person[field] !== '' && person[field] !== user[field]) changed[field] = person[field]
  }
  const email = emailOf(person.email)
  const isNew = email !== '' && email !== user.email
  if (isNew && person.isEmailVerified && !(await findByEmail(context.db, email)))
    Object.assign(changed, { email, email_verified: true })
  if (email === user.email && person.isEmailVerified && !user.email_verified) changed.email_verified = true
  const username = usernameOf(person.username)
  if (isRenamed(user.username, username) && (await freeName(context, username)) === username)
    changed.username = username
  return changed
}

const update = async (context: Context, id: string, person: Person): Promise<UserRow> => {
  const user = await lockAccount(context, id)
  // Who was switched off here stays off, whatever the provider says.
  if (user.delete_at > 0) throw new Fault('api.user.login.inactive.app_error')
  const changed = await changesOf(context, user, person)
  const now = Object.keys(changed).length > 0 ? await saveAccount(context, user, changed) : user
  if (isGuest(now) || !isGuestThere(context, person)) return now
  // Nobody is signed in yet: the entry of the audit log is about this account.
  await demote({ ...context, actor: { ...context.actor, userId: id } }, undefined, now)
  return (await findUsers(context.db, [id]))[0] ?? now
}

/**
 * In a transaction: the account of a person whom the provider has proven, made or brought up to date. Throws
 * for people who may not come in.
 */
export const admit = async (context: Context, person: Person, invited: Invited): Promise<UserRow> => {
  const account = await findByIdentity(context.db, person.service, person.id)
  if (account) return await update(context, account.id, person)
  await lockAccounts(context.db)
  // Two first sign-ins at once: the second one finds what the first one made.
  const made = await findByIdentity(context.db, person.service, person.id)
  return made ?? (await createOne(context, person, invited))
}
