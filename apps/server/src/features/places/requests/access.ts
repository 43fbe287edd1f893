/** Who may ask for a team, who sees a request, and who may move it on. */
import type { NewTeamRequest } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers, isGuest, seenIds } from '../../people/users/index.ts'
import { sightOf } from '../groups/index.ts'
import { lockTeam, type TeamRow } from '../teams/index.ts'
import { lockReview, ownersOf, type ReviewRow } from './review-store.ts'
import { mayEver, type Part, type Step, stateAfter } from './states.ts'
import { findKnownGroup, findRequest, lockRequest, type RequestRow } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export type SeenRequest = { request: RequestRow; parts: ReadonlySet<Part> }

/** What the actor is to a request. */
export const partsOf = ({ actor }: Context, row: RequestRow): ReadonlySet<Part> => {
  const parts = new Set<Part>()
  if (actor.userId === row.requester_id) parts.add('requester')
  if (actor.userId === row.endorser_id) parts.add('endorser')
  if (row.owner_ids.includes(actor.userId)) parts.add('owner')
  if (actor.can('manage_system')) parts.add('administrator')
  return parts
}

const checkMayAsk = ({ actor, server }: Context): void => {
  if (!server.settings().PlauschSettings.EnableTeamRequests) throw new Fault('requests.off')
  if (isGuest(actor)) throw new Fault('requests.guest')
}

export const mayListGroups = (context: Context): void => checkMayAsk(context)

/** The people must be known to the actor, and the group, too: otherwise asking would tell who there is. */
export const mayAsk = async (context: Context, { body }: { body: NewTeamRequest }): Promise<void> => {
  checkMayAsk(context)
  const { db } = context
  const ids = [...new Set(body.owner_ids)]
  const seen = await seenIds(context, ids)
  const owners = (await findUsers(db, ids)).filter(({ id }) => seen.has(id))
  if (owners.length < ids.length || owners.some((user) => user.delete_at > 0 || user.is_bot || isGuest(user)))
    throw new Fault('requests.owner')
  if (body.group_id && !(await findKnownGroup(db, sightOf(context).all, body.group_id)))
    throw new Fault('groups.not_found')
}

type AboutRequest = { params: { team_request_id: string } }

const seen = (context: Context, row: RequestRow | undefined): SeenRequest => {
  const parts = row ? partsOf(context, row) : new Set<Part>()
  if (!row || parts.size === 0) throw new Fault('requests.not_found')
  return { request: row, parts }
}

/** For the people whom the request concerns; for everybody else it does not exist. */
export const maySeeRequest = async (context: Context, { params }: AboutRequest): Promise<SeenRequest> =>
  seen(context, await findRequest(context.db, params.team_request_id))

/** Locks the request: of two people who do something at the same time, the second one comes too late. */
const mayMove =
  (step: Step) =>
  async (context: Context, { params }: AboutRequest): Promise<SeenRequest> => {
    const found = seen(context, await lockRequest(context.db, params.team_request_id))
    if (!mayEver(step, found.parts)) throw forbidden()
    if (stateAfter(found.request.state, step, found.parts) === undefined) throw new Fault('requests.moved')
    return found
  }

export const mayEndorse = mayMove('endorse')
export const mayApprove = mayMove('approve')
export const mayRefuse = mayMove('refuse')
export const mayWithdraw = mayMove('withdraw')

type AboutTeam = { params: { team_id: string } }

/** For the owners of the team, and for administrators. */
export const mayAnswerReview = async (
  context: Context,
  { params }: AboutTeam,
): Promise<{ team: TeamRow; review: ReviewRow }> => {
  const { db, actor } = context
  const team = await lockTeam(db, params.team_id)
  const review = team && team.delete_at === 0 ? await lockReview(db, team.id) : undefined
  const isOwner = team !== undefined && (await ownersOf(db, team.id)).includes(actor.userId)
  if (!team || !review || !(isOwner || actor.can('manage_system'))) throw new Fault('requests.no_review')
  return { team, review }
}

export const mayListOrphans = ({ actor }: Context): void => {
  if (!actor.can('manage_system')) throw forbidden()
}

/** Only for a team that nobody owns: for others, the roles of its members are set. */
export const mayNameOwner = async (context: Context, { params }: AboutTeam): Promise<TeamRow> => {
  mayListOrphans(context)
  const team = await lockTeam(context.db, params.team_id)
  if (!team) throw new Fault('teams.not_found')
  if (team.delete_at > 0) throw new Fault('teams.archived')
  if ((await ownersOf(context.db, team.id)).length > 0) throw new Fault('requests.owned')
  return team
}
