/** Teams: each one holds channels. */
import { type Static, Type } from 'typebox'
import { flag, page, perPage, text } from '../input.ts'
import { About, Name } from '../names.ts'
import { del, get, operations, post, put, Upload } from '../operation.ts'
import {
  Id,
  IdOrNone,
  Ids,
  JsonText,
  Millis,
  Ok,
  PageNumber,
  Refusal,
  SchemeRoles,
  Text,
} from '../records.ts'

export const TeamType = Type.Union([Type.Literal('O'), Type.Literal('I')])

/** `invite_id` lets anybody who knows it join; it is '' for those who may not invite. */
export const Team = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  display_name: Type.String(),
  name: Type.String(),
  description: Type.String(),
  email: Type.String(),
  type: TeamType,
  company_name: Type.String(),
  allowed_domains: Type.String(),
  invite_id: IdOrNone,
  allow_open_invite: Type.Boolean(),
  last_team_icon_update: Millis,
  scheme_id: Type.Null(),
  group_constrained: Type.Union([Type.Boolean(), Type.Null()]),
  policy_id: Type.Null(),
  cloud_limits_archived: Type.Literal(false),
})
export type Team = Static<typeof Team>

export const TeamMember = Type.Object({
  team_id: Id,
  user_id: Id,
  roles: Type.String(),
  delete_at: Millis,
  scheme_user: Type.Boolean(),
  scheme_admin: Type.Boolean(),
  scheme_guest: Type.Boolean(),
  explicit_roles: Type.String(),
  create_at: Millis,
})
export type TeamMember = Static<typeof TeamMember>

export const NewTeam = Type.Object({
  name: Text(64),
  display_name: Name(64, 1),
  type: TeamType,
  description: Type.Optional(About(255)),
  company_name: Type.Optional(Name(64)),
  allowed_domains: Type.Optional(Text(500)),
  email: Type.Optional(Text(128)),
  allow_open_invite: Type.Optional(Type.Boolean()),
})

export const TeamPatch = Type.Object({
  display_name: Type.Optional(Name(64, 1)),
  description: Type.Optional(About(255)),
  company_name: Type.Optional(Name(64)),
  allowed_domains: Type.Optional(Text(500)),
  allow_open_invite: Type.Optional(Type.Boolean()),
})
export type TeamPatch = Static<typeof TeamPatch>

/** The result for one person whom the actor wants to add. */
export const AddedOrNot = Type.Object({
  user_id: Id,
  member: Type.Union([TeamMember, Type.Null()]),
  error: Type.Union([Refusal, Type.Null()]),
})
export type AddedOrNot = Static<typeof AddedOrNot>

const NewTeamMember = Type.Object({ team_id: Type.Optional(Text(26)), user_id: Id })

export const teams = operations('teams', {
  create: post('/teams', { body: NewTeam, reply: Team, status: 201 }),
  list: get('/teams', {
    query: { page, per_page: perPage, include_total_count: flag },
    reply: Type.Union([
      Type.Array(Team),
      Type.Object({ teams: Type.Array(Team), total_count: Type.Integer() }),
    ]),
  }),
  get: get('/teams/{team_id}', { reply: Team }),
  getByName: get('/teams/name/{team_name}', { reply: Team }),
  exists: get('/teams/name/{team_name}/exists', { reply: Type.Object({ exists: Type.Boolean() }) }),
  inviteInfo: get('/teams/invite/{invite_id}', {
    reply: Type.Object({
      display_name: Type.String(),
      description: Type.String(),
      name: Type.String(),
      id: Id,
    }),
  }),
  patch: put('/teams/{team_id}/patch', {
    body: Type.Object({
      ...TeamPatch.properties,
      /** Only members of linked groups may be members; the others are removed. */
      group_constrained: Type.Optional(Type.Boolean()),
    }),
    reply: Team,
  }),
  update: put('/teams/{team_id}', { body: Type.Object({ id: Id, ...TeamPatch.properties }), reply: Team }),
  search: post('/teams/search', {
    body: Type.Object({
      term: Text(64),
      page: Type.Optional(PageNumber),
      per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      allow_open_invite: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Union([
      Type.Array(Team),
      Type.Object({ teams: Type.Array(Team), total_count: Type.Integer() }),
    ]),
  }),
  setPrivacy: put('/teams/{team_id}/privacy', { body: Type.Object({ privacy: TeamType }), reply: Team }),
  regenerateInvite: post('/teams/{team_id}/regenerate_invite_id', { reply: Team }),
  listOfUser: get('/users/{user_id}/teams', { reply: Type.Array(Team) }),
  membersOfUser: get('/users/{user_id}/teams/members', { reply: Type.Array(TeamMember) }),
  listMembers: get('/teams/{team_id}/members', {
    query: { page, per_page: perPage, sort: text(16), exclude_deleted_users: flag },
    reply: Type.Array(TeamMember),
  }),
  listMembersByIds: post('/teams/{team_id}/members/ids', {
    body: Ids(1000, 1),
    reply: Type.Array(TeamMember),
  }),
  getMember: get('/teams/{team_id}/members/{user_id}', { reply: TeamMember }),
  addMember: post('/teams/{team_id}/members', { body: NewTeamMember, reply: TeamMember, status: 201 }),
  /**
   * With `graceful=true` each person has their own result. Without it, one person who cannot be added makes
   * the whole request fail.
   */
  addMembers: post('/teams/{team_id}/members/batch', {
    query: { graceful: flag },
    body: Type.Array(NewTeamMember, { minItems: 1, maxItems: 256 }),
    reply: Type.Union([Type.Array(TeamMember), Type.Array(AddedOrNot)]),
    status: 201,
  }),
  joinByInvite: post('/teams/members/invite', {
    query: { token: text(128), invite_id: text(26) },
    reply: TeamMember,
    status: 201,
  }),
  removeMember: del('/teams/{team_id}/members/{user_id}', { reply: Ok }),
  setMemberRoles: put('/teams/{team_id}/members/{user_id}/roles', {
    body: Type.Object({ roles: Text(256) }),
    reply: Ok,
  }),
  setMemberSchemeRoles: put('/teams/{team_id}/members/{user_id}/schemeRoles', {
    body: SchemeRoles,
    reply: Ok,
  }),
  stats: get('/teams/{team_id}/stats', {
    reply: Type.Object({
      team_id: Id,
      total_member_count: Type.Integer(),
      active_member_count: Type.Integer(),
    }),
  }),
  archive: del('/teams/{team_id}', { reply: Ok }),
  restore: post('/teams/{team_id}/restore', { reply: Team }),
  icon: get('/teams/{team_id}/image', { query: { _: text(32) }, type: 'image/png' }),
  setIcon: post('/teams/{team_id}/image', { body: Upload, reply: Ok }),
  removeIcon: del('/teams/{team_id}/image', { reply: Ok }),
})

/** `team` is JSON of Team, `member` of TeamMember. */
export const teamEvents = {
  added_to_team: Type.Object({ team_id: Id, user_id: Id }),
  leave_team: Type.Object({ user_id: Id, team_id: Id }),
  update_team: Type.Object({ team: JsonText(Team) }),
  restore_team: Type.Object({ team: JsonText(Team) }),
  delete_team: Type.Object({ team: JsonText(Team) }),
  memberrole_updated: Type.Object({ member: JsonText(TeamMember) }),
}
