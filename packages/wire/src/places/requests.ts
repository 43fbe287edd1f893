/**
 * Teams on request: who may not create a team asks for one; a group leader endorses it, and administrators
 * decide. Also what follows: the yearly question to the owners, and teams that nobody owns any more.
 */
import { type Static, Type } from 'typebox'
import { choice, page, perPage, text } from '../input.ts'
import { About, Name } from '../names.ts'
import { operations, ours } from '../operation.ts'
import { Id, IdOrNone, Ids, Millis, Ok, Text } from '../records.ts'

/**
 * `endorsement` waits for the endorser, `decision` for the administrators; the others are ends. A request
 * lapses if nobody does anything about it for a month.
 */
export const RequestState = Type.Union([
  Type.Literal('endorsement'),
  Type.Literal('decision'),
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
  Type.Literal('lapsed'),
])
export type RequestState = Static<typeof RequestState>

export const RequestMove = Type.Union([
  Type.Literal('endorse'),
  Type.Literal('approve'),
  Type.Literal('refuse'),
  Type.Literal('withdraw'),
])
export type RequestMove = Static<typeof RequestMove>

/** What happened to a request. `user_id` is '' for what the server did; `orphan`: the endorser has left. */
export const RequestStep = Type.Object({
  create_at: Millis,
  user_id: IdOrNone,
  step: Type.Union([RequestMove, Type.Literal('ask'), Type.Literal('orphan'), Type.Literal('lapse')]),
  reason: Type.String(),
})
export type RequestStep = Static<typeof RequestStep>

/** A group of the directory whose people become members of the team. */
export const RequestGroup = Type.Object({
  id: Id,
  name: Type.String(),
  display_name: Type.String(),
  member_count: Type.Integer(),
})
export type RequestGroup = Static<typeof RequestGroup>

/**
 * `name` is the address of the team. `group` is null for none. `team_id` and `team_name` are '' until the
 * team exists. `can` is what the reader may do now. `is_name_taken` is told to administrators only: others
 * must not learn of teams that they cannot see.
 */
export const TeamRequest = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  requester_id: Id,
  name: Type.String(),
  display_name: Type.String(),
  purpose: Type.String(),
  is_open: Type.Boolean(),
  owner_ids: Type.Array(Id),
  endorser_id: IdOrNone,
  group: Type.Union([RequestGroup, Type.Null()]),
  state: RequestState,
  team_id: IdOrNone,
  team_name: Type.String(),
  is_name_taken: Type.Boolean(),
  can: Type.Array(RequestMove),
  steps: Type.Array(RequestStep),
})
export type TeamRequest = Static<typeof TeamRequest>

/** Longest texts, in characters. */
export const REQUEST_LIMITS = { purpose: 1000, reason: 1000, owners: 10 } as const

export const NewTeamRequest = Type.Object({
  name: Text(64),
  display_name: Name(64, 1),
  purpose: About(REQUEST_LIMITS.purpose),
  is_open: Type.Boolean(),
  owner_ids: Ids(REQUEST_LIMITS.owners, 1),
  group_id: Type.Optional(IdOrNone),
})
export type NewTeamRequest = Static<typeof NewTeamRequest>

/** The yearly question whether a team is still needed, as its owners see it. */
export const TeamReview = Type.Object({
  team_id: Id,
  name: Type.String(),
  display_name: Type.String(),
  asked_at: Millis,
})
export type TeamReview = Static<typeof TeamReview>

/** A team without an active owner. `suggested_ids` are people who endorsed or asked for it. */
export const OrphanedTeam = Type.Object({
  id: Id,
  name: Type.String(),
  display_name: Type.String(),
  member_count: Type.Integer(),
  suggested_ids: Type.Array(Id),
})
export type OrphanedTeam = Static<typeof OrphanedTeam>

const paged = { page, per_page: perPage }
const Reason = Text(REQUEST_LIMITS.reason, 1)

export const requests = operations('requests', {
  create: ours.post('/team_requests', { body: NewTeamRequest, reply: TeamRequest, status: 201 }),
  /** Those that concern the actor, the newest first. */
  list: ours.get('/team_requests', {
    query: { ...paged, state: choice('all', 'open', 'closed') },
    reply: Type.Array(TeamRequest),
  }),
  get: ours.get('/team_requests/{team_request_id}', { reply: TeamRequest }),
  endorse: ours.post('/team_requests/{team_request_id}/endorse', { reply: TeamRequest }),
  /** `name` is another address, if the wished one is taken. */
  approve: ours.post('/team_requests/{team_request_id}/approve', {
    body: Type.Object({ name: Type.Optional(Text(64)) }),
    reply: TeamRequest,
  }),
  refuse: ours.post('/team_requests/{team_request_id}/refuse', {
    body: Type.Object({ reason: Reason }),
    reply: TeamRequest,
  }),
  withdraw: ours.post('/team_requests/{team_request_id}/withdraw', { reply: TeamRequest }),
  /** Groups of the directory that the actor may know of, to choose from. */
  listGroups: ours.get('/team_requests/groups', {
    query: { term: text(64) },
    reply: Type.Array(RequestGroup),
  }),
  /** Questions that wait for the actor's answer; of all teams for administrators. */
  listReviews: ours.get('/team_reviews', { query: paged, reply: Type.Array(TeamReview) }),
  answerReview: ours.post('/team_reviews/{team_id}', {
    body: Type.Object({ is_needed: Type.Boolean() }),
    reply: Ok,
  }),
  listOrphans: ours.get('/orphaned_teams', { query: paged, reply: Type.Array(OrphanedTeam) }),
  nameOwner: ours.post('/orphaned_teams/{team_id}/owner', {
    body: Type.Object({ user_id: Id }),
    reply: Ok,
  }),
})

/** Sent to the people whom a request concerns; they fetch what they may see of it. */
export const requestEvents = {
  team_request_changed: Type.Object({ team_request_id: Id, state: RequestState }),
}
