/** Asking for a team, and what becomes of it. */
import type { InputOf, RequestState, requests, TeamRequest } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { literal } from '../../../core/db.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { findUsers, isGuest } from '../../people/users/index.ts'
import { sightOf } from '../groups/index.ts'
import { addPeople, checkTeamName, createTeam, makeOwner, maySeeTeamByName } from '../teams/index.ts'
import type { SeenRequest } from './access.ts'
import { endorserFor } from './leaders.ts'
import { moveRequest, noteStep } from './moves.ts'
import { shownRequest, shownRequests } from './records.ts'
import { firstState } from './states.ts'
import {
  countOf,
  insertRequest,
  listKnownGroups,
  listRequests,
  lockRequester,
  peopleOfGroup,
  type RequestRow,
} from './store.ts'

const HOUR_MS = 3_600_000
const MOST_AN_HOUR = 10
const MOST_GROUPS = 50

/** Is the address that of a team which the actor may see? Of other teams they must not learn. */
const checkFree = async (context: Context, name: string): Promise<void> => {
  try {
    await maySeeTeamByName(context, { params: { team_name: name } })
  } catch (error) {
    if (error instanceof Fault && error.code === 'teams.not_found') return
    throw error
  }
  throw new Fault('app.team.save.existing.app_error')
}

const checkLimits = async ({ actor, db, now, server }: Context): Promise<void> => {
  // As for invitations, administrators of the server have no limit.
  if (actor.can('manage_system')) return
  const max = server.settings().PlauschSettings.MaxOpenTeamRequests
  const { open, recent } = await countOf(db, actor.userId, now - HOUR_MS)
  if (open >= max) throw new Fault('requests.too_many', { max })
  if (recent >= MOST_AN_HOUR) throw new Fault('requests.too_often', { max: MOST_AN_HOUR })
}

/** Asks for a team. The directory is asked first, without a transaction, because it may take seconds. */
export const create = async (
  context: Context,
  { body }: InputOf<typeof requests.create>,
): Promise<TeamRequest> => {
  const { server, actor, request, head } = context
  const name = checkTeamName(body.name)
  if (body.purpose.trim() === '') throw new Fault('requests.purpose')
  const group_id = body.group_id ?? ''
  // Who may not ask again causes no searches in the directory.
  await checkLimits(context)
  const endorser_id = await endorserFor(context, group_id)
  return await change(server, { actor, request, head }, async (inner) => {
    const { db, now } = inner
    await lockRequester(db, actor.userId)
    await checkLimits(inner)
    await checkFree(inner, name)
    const row: RequestRow = {
      id: newId(now),
      create_at: now,
      update_at: now,
      requester_id: actor.userId,
      name,
      display_name: body.display_name.trim(),
      purpose: body.purpose.trim(),
      is_open: body.is_open,
      owner_ids: [...new Set(body.owner_ids)],
      group_id,
      endorser_id,
      state: firstState(endorser_id),
      team_id: '',
      reminded_at: 0,
    }
    await insertRequest(db, row)
    await noteStep(inner, row, 'ask')
    // Who leads the group endorses by asking.
    const isLeader = endorser_id === actor.userId
    const asked = isLeader ? await moveRequest(inner, row, 'endorse', new Set(['endorser'])) : row
    return await shownRequest(inner, asked)
  })
}

const states: Record<'all' | 'open' | 'closed', readonly RequestState[]> = {
  all: ['endorsement', 'decision', 'approved', 'refused', 'withdrawn', 'lapsed'],
  open: ['endorsement', 'decision'],
  closed: ['approved', 'refused', 'withdrawn', 'lapsed'],
}

export const list = async (context: Context, { query }: InputOf<typeof requests.list>) => {
  const { actor, db } = context
  const which = { userId: actor.userId, all: actor.can('manage_system'), states: states[query.state] }
  const offset = Math.max(query.page, 0) * query.per_page
  return await shownRequests(context, await listRequests(db, which, query.per_page, offset))
}

export const get = (context: Context, _input: unknown, { request }: SeenRequest) =>
  shownRequest(context, request)

export const endorse = async (context: Context, _input: unknown, { request, parts }: SeenRequest) =>
  shownRequest(context, await moveRequest(context, request, 'endorse', parts))

export const refuse = async (
  context: Context,
  { body }: InputOf<typeof requests.refuse>,
  { request, parts }: SeenRequest,
): Promise<TeamRequest> => {
  const reason = body.reason.trim()
  if (reason === '') throw new Fault('requests.reason')
  return await shownRequest(context, await moveRequest(context, request, 'refuse', parts, { reason }))
}

export const withdraw = async (context: Context, _input: unknown, { request, parts }: SeenRequest) =>
  shownRequest(context, await moveRequest(context, request, 'withdraw', parts))

/** Those who are to own the team, and still can. */
const ownersNow = async ({ db }: Context, ids: readonly string[]): Promise<string[]> => {
  const users = await findUsers(db, ids)
  return users.filter((user) => user.delete_at === 0 && !user.is_bot && !isGuest(user)).map(({ id }) => id)
}

/** Makes the team with its owners and members, in the transaction that approves the request. */
export const approve = async (
  context: Context,
  { body }: InputOf<typeof requests.approve>,
  { request, parts }: SeenRequest,
): Promise<TeamRequest> => {
  const owners = await ownersNow(context, request.owner_ids)
  if (owners.length === 0) throw new Fault('requests.no_owner')
  const name = body.name ?? request.name
  const type = request.is_open ? 'O' : 'I'
  const { display_name, purpose, group_id } = request
  // The longest description of a team is shorter than a purpose.
  const description = [...purpose].slice(0, 255).join('')
  const team = await createTeam(context, { name, display_name, type, description }, '')
  for (const id of owners) await makeOwner(context, team, id)
  const members = group_id === '' ? [] : await peopleOfGroup(context.db, group_id)
  const others = members.filter((id) => !owners.includes(id))
  if (others.length > 0) await addPeople(context, team, others, { by: '', isQuiet: true })
  const change = { team_id: team.id, name: team.name }
  return await shownRequest(context, await moveRequest(context, request, 'approve', parts, change))
}

export const listGroups = (context: Context, { query }: InputOf<typeof requests.listGroups>) =>
  listKnownGroups(context.db, sightOf(context).all, `%${literal(query.term.toLowerCase())}%`, MOST_GROUPS)
