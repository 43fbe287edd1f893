import type { InputOf, invitations } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { errorBody, Fault } from '../../../core/faults.ts'
import { hashOf, newId } from '../../../core/ids.ts'
import { sendLater } from '../../../core/mail.ts'
import { record } from '../../ground/audit/index.ts'
import { checkEmail, findUsers, isGuest, lockAccount, saveAccount } from '../../people/users/index.ts'
import { findChannels, isConversation, lockChannel } from '../channels/index.ts'
import { checkEnd, noteInvited } from '../guests/index.ts'
import { addToChannel } from '../members/index.ts'
import { outsideOf } from '../syncables/index.ts'
import { addPeople, checkDomain, lockTeam, type SeenTeam, type TeamRow } from '../teams/index.ts'
import { invited } from './letters.ts'
import {
  countSince,
  deleteAll,
  findByToken,
  type InvitationRow,
  insertInvitation,
  lockInviter,
  takeByToken,
} from './store.ts'

const HOUR_MS = 3_600_000
/** As in v4. */
const LASTS_MS = 48 * HOUR_MS
/** v4's limit for one person. */
const MOST_AN_HOUR = 20

type Wanted = {
  emails: readonly string[]
  channels: readonly string[]
  message: string
  isGuest: boolean
  /** When the guest's stay ends; 0 for never. */
  endAt: number
}

/**
 * The address in the form that is stored. It does not look up whether an account has the address, because the
 * reply must not reveal that.
 */
const checkAddress = ({ server }: Context, team: TeamRow, raw: string, forGuest: boolean): string => {
  const { GuestAccountsSettings, TeamSettings } = server.settings()
  const domains = forGuest
    ? [GuestAccountsSettings.RestrictCreationToDomains]
    : [team.allowed_domains, TeamSettings.RestrictCreationToDomains]
  try {
    const email = checkEmail(raw)
    for (const each of domains) checkDomain(each, email)
    return email
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault('api.team.invite_members.invalid_email.app_error', { email: raw })
  }
}

const refusalOf = (context: Context, team: TeamRow, raw: string, forGuest: boolean): Fault | undefined => {
  try {
    checkAddress(context, team, raw, forGuest)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/** Administrators of the server may invite any number of people at once. */
const checkRate = async ({ actor, db, now }: Context, more: number) => {
  if (actor.can('manage_system')) return
  await lockInviter(db, actor.userId)
  if ((await countSince(db, actor.userId, now - HOUR_MS)) + more > MOST_AN_HOUR)
    throw new Fault('app.email.rate_limit_exceeded.app_error', { max: MOST_AN_HOUR })
}

const send = async (context: Context, team: TeamRow, email: string, wanted: Wanted) => {
  const { actor, db, now } = context
  const row: Omit<InvitationRow, 'generation'> = {
    id: newId(now),
    token_hash: null,
    team_id: team.id,
    email,
    is_guest: wanted.isGuest,
    channel_ids: [...new Set(wanted.channels)],
    message: wanted.message.trim(),
    inviter_id: actor.userId,
    create_at: now,
    expires_at: now + LASTS_MS,
    guest_end_at: wanted.endAt,
  }
  await insertInvitation(db, row, actor.session?.generation)
  await sendLater(context, invited, { invitation_id: row.id })
}

/**
 * Sends the invitations. With `graceful`, each address has its own result; otherwise one refused address
 * makes all fail.
 */
const inviteAll = async (context: Context, team: TeamRow, wanted: Wanted, graceful: boolean) => {
  const { request } = context
  const raws = new Map(wanted.emails.map((raw) => [raw.trim().toLowerCase(), raw.trim()]))
  const outcomes = [...raws.values()].map((email) => {
    const refusal = refusalOf(context, team, email, wanted.isGuest)
    if (refusal && !graceful) throw refusal
    return { email, refusal }
  })
  const good = outcomes.filter(({ refusal }) => !refusal)
  await checkRate(context, good.length)
  for (const { email } of good) await send(context, team, email.toLowerCase(), wanted)
  await record(context, '/teams/invite', `team_id=${team.id} count=${good.length} guests=${wanted.isGuest}`)
  if (!graceful) return { status: 'OK' as const }
  return outcomes.map(({ email, refusal }) => ({
    email,
    error: refusal ? errorBody(refusal, request.locale, request.id) : null,
  }))
}

export const create = (
  context: Context,
  { body, query }: InputOf<typeof invitations.create>,
  { team }: SeenTeam,
) => {
  const { emails, channelIds = [], message = '' } = Array.isArray(body) ? { emails: body } : body
  return inviteAll(
    context,
    team,
    { emails, channels: channelIds, message, isGuest: false, endAt: 0 },
    query.graceful,
  )
}

export const createForGuests = (
  context: Context,
  { body, query }: InputOf<typeof invitations.createForGuests>,
  { team }: SeenTeam,
) => {
  const { emails, channels, message = '', guest_end_at: endAt = 0 } = body
  checkEnd(context, endAt)
  return inviteAll(context, team, { emails, channels, message, isGuest: true, endAt }, query.graceful)
}

export const removeAll = async (context: Context) => {
  await deleteAll(context.db)
  await record(context, '/teams/invites/email', 'all')
  return { status: 'OK' as const }
}

const judged = ({ now, server }: Context, row: InvitationRow | undefined): InvitationRow => {
  if (!row) throw new Fault('api.user.create_user.signup_link_invalid.app_error')
  if (row.expires_at <= now) throw new Fault('api.user.create_user.signup_link_expired.app_error')
  if (row.is_guest && !server.settings().GuestAccountsSettings.Enable)
    throw new Fault('api.team.invite_guests_to_channels.disabled.error')
  return row
}

/** Checks an invitation without using it. */
export const checkInvitation = async (context: Context, token: string) =>
  judged(context, await findByToken(context.db, hashOf(token)))

/** Uses an invitation, unless the transaction fails. */
export const takeInvitation = async (context: Context, token: string) =>
  judged(context, await takeByToken(context.db, hashOf(token)))

/**
 * Adds a person to the team of an invitation, and to those of its channels that still exist and are open.
 * `isNew`: the invitation has just made their account.
 */
export const follow = async (
  context: Context,
  row: InvitationRow,
  userId: string,
  isNew = true,
): Promise<void> => {
  if (row.is_guest) await noteInvited(context, userId, row.inviter_id, row.guest_end_at, isNew)
  const { db } = context
  const team = await lockTeam(db, row.team_id)
  if (!team || team.delete_at > 0) throw new Fault('teams.archived')
  if (team.group_constrained) throw new Fault('app.team.invite_token.group_constrained.error')
  await addPeople(context, team, [userId], { by: userId })
  for (const id of row.channel_ids) await lockChannel(db, id)
  for (const channel of await findChannels(db, row.channel_ids)) {
    const isThere = channel.team_id === team.id && channel.delete_at === 0 && !isConversation(channel)
    // Where groups decide, an invitation lets nobody in; the person comes into the team all the same.
    const isClosed = channel.group_constrained && (await outsideOf(db, channel.id, [userId])).length > 0
    if (isThere && !isClosed) await addToChannel(context, channel, [userId], { by: userId })
  }
}

/** An existing account accepts an invitation. As in v4, only guests can accept one for guests. */
export const joinByToken = async (context: Context, token: string): Promise<string> => {
  const row = await takeInvitation(context, token)
  const [user] = await findUsers(context.db, [context.actor.userId])
  if (!user || isGuest(user) !== row.is_guest)
    throw new Fault('api.user.create_user.invalid_invitation_type.app_error')
  // A person who has the token can read the mail of this address.
  if (!user.email_verified && user.email === row.email)
    await saveAccount(context, await lockAccount(context, user.id), { email_verified: true })
  await follow(context, row, user.id, false)
  return row.team_id
}
