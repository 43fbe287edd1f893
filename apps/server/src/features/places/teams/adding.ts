/** Adds people to a team: all or none, or everybody who can be added. */
import type { AddedOrNot } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { errorBody, Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { findUsers, isGuest, type UserRow } from '../../people/users/index.ts'
import { teamMembersAdded } from './events.ts'
import { forgetMembers } from './memory.ts'
import { rightsIn, shownMember } from './records.ts'
import { checkDomain, isBound } from './rules.ts'
import {
  countMembers,
  findMember,
  findMembers,
  insertMembers,
  lockTeam,
  type TeamMemberRow,
  type TeamRow,
} from './store.ts'

/**
 * Guests come from outside, so other domains apply to them. The domain of an address counts only if the
 * address is verified, because otherwise anybody could claim one. The exception is a person for whom somebody
 * vouches.
 */
const checkAddable = (
  server: Server,
  team: TeamRow,
  user: UserRow | undefined,
  vouchedBy: string | undefined,
): void => {
  if (!user || user.delete_at > 0) throw new Fault('users.not_found')
  if (isGuest(user)) {
    const domains = server.settings().GuestAccountsSettings.RestrictCreationToDomains
    checkDomain(domains, user.email)
    // The domains are those of the server, for which nobody in a team can vouch.
    if (isBound(domains) && !user.email_verified && !user.is_bot) throw new Fault('teams.unproven')
    return
  }
  checkDomain(team.allowed_domains, user.email)
  const isVouched = vouchedBy !== undefined && vouchedBy !== user.id
  if (isBound(team.allowed_domains) && !user.email_verified && !user.is_bot && !isVouched)
    throw new Fault('teams.unproven')
}

/**
 * A person who adds others, and who may change the domains of the team, vouches for them; undefined if nobody
 * does.
 */
const voucherFor = async (context: Context, team: TeamRow): Promise<string | undefined> => {
  const { actor, db } = context
  if (!isBound(team.allowed_domains) || actor.userId === '') return undefined
  const can = rightsIn(context, await findMember(db, team.id, actor.userId))
  return can('manage_team') ? actor.userId : undefined
}

/** Do the team's domains allow this person to join with their own address? */
export const fitsDomains = ({ server }: Context, team: TeamRow, user: UserRow): boolean => {
  try {
    checkAddable(server, team, user, undefined)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** `isHeld`: this transaction has already locked the row of the team. */
/** `isQuiet`: a directory adds many people, so no note in a channel tells it. */
type Adding = { by: string; asAdmin?: boolean; isHeld?: boolean; isQuiet?: boolean }

/**
 * Adds people to a team, and to everything that follows from it. Returns those who were not members before.
 */
export const addPeople = async (
  context: Context,
  team: TeamRow,
  userIds: readonly string[],
  { by, asAdmin = false, isHeld = false, isQuiet = false }: Adding,
): Promise<TeamMemberRow[]> => {
  const { db, now, server } = context
  // One after the other, so that the limit is exact.
  const held = isHeld ? team : await lockTeam(db, team.id)
  if (!held || held.delete_at > 0) throw new Fault('teams.archived')
  const found = await findUsers(db, [...new Set([...userIds, ...(by === '' ? [] : [by])])])
  const users = new Map(found.map((user) => [user.id, user]))
  // The creator of a team is its first administrator, whatever its domains.
  const voucher = asAdmin ? '' : await voucherFor(context, team)
  const present = isBound(team.allowed_domains) ? await findMembers(db, team.id, userIds) : []
  const isIn = (id: string) => present.some((member) => member.user_id === id)
  for (const id of userIds) if (!isIn(id)) checkAddable(server, team, users.get(id), voucher)
  const max = server.settings().TeamSettings.MaxUsersPerTeam
  const { added, before } = await insertMembers(db, team.id, [...new Set(userIds)], asAdmin, now, max)
  if (added.length === 0) return added
  forgetMembers(context, userIds)
  if (before + added.length > max && (await countMembers(db, team.id)).active > max)
    throw new Fault('teams.full', { max })
  const user_ids = added.map((member) => member.user_id)
  await context.emit(teamMembersAdded, { team, user_ids, users: found, by, isQuiet })
  return added
}

/** Adds the people who can be added, and returns the reason for each of the others. */
export const addThoseWhoFit = async (
  context: Context,
  team: TeamRow,
  ids: readonly string[],
): Promise<AddedOrNot[]> => {
  const { db, server, request } = context
  const users = new Map((await findUsers(db, ids)).map((user) => [user.id, user]))
  const members = new Set((await findMembers(db, team.id, ids)).map(({ user_id }) => user_id))
  const max = server.settings().TeamSettings.MaxUsersPerTeam
  let free = max - (await countMembers(db, team.id)).active
  const voucher = await voucherFor(context, team)
  const refusalOf = (id: string): Fault | undefined => {
    try {
      checkAddable(server, team, users.get(id), voucher)
    } catch (error) {
      if (error instanceof Fault) return error
      throw error
    }
    if (members.has(id)) return undefined
    free -= 1
    return free < 0 ? new Fault('teams.full', { max }) : undefined
  }
  const refusals = new Map(ids.map((id) => [id, refusalOf(id)]))
  const fitting = ids.filter((id) => !refusals.get(id))
  await addPeople(context, team, fitting, { by: context.actor.userId, isHeld: true })
  const rows = new Map((await findMembers(db, team.id, fitting)).map((row) => [row.user_id, row]))
  return ids.map((user_id) => {
    const [row, refusal] = [rows.get(user_id), refusals.get(user_id)]
    return {
      user_id,
      member: row ? shownMember(row) : null,
      error: refusal ? errorBody(refusal, request.locale, request.id) : null,
    }
  })
}
