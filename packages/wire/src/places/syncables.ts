/** Groups of the directory that are linked to teams and channels. */
import { type Static, Type } from 'typebox'
import { flag, flagOn, page, perPage, text } from '../input.ts'
import { del, get, operations, ours, post, put } from '../operation.ts'
import { User } from '../people/users.ts'
import { Id, IdOrNone, Millis, Ok } from '../records.ts'
import { Group } from './groups.ts'

const link = {
  group_id: Id,
  auto_add: Type.Boolean(),
  scheme_admin: Type.Boolean(),
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
}

const ofTeam = {
  team_id: Id,
  team_display_name: Type.Optional(Type.String()),
  team_type: Type.Optional(Type.String()),
}

/** A link between a group and a team: its members are added there, or may be. */
export const TeamSyncable = Type.Object({ ...ofTeam, type: Type.Literal('Team'), ...link })
export type TeamSyncable = Static<typeof TeamSyncable>

/** The same for a channel. */
export const ChannelSyncable = Type.Object({
  channel_id: Id,
  channel_display_name: Type.Optional(Type.String()),
  channel_type: Type.Optional(Type.String()),
  ...ofTeam,
  team_id: Type.Optional(IdOrNone),
  type: Type.Literal('Channel'),
  ...link,
})
export type ChannelSyncable = Static<typeof ChannelSyncable>

const Linking = Type.Object({
  auto_add: Type.Optional(Type.Boolean()),
  scheme_admin: Type.Optional(Type.Boolean()),
})

/** `paginate=false` asks for all of them. */
const linked = { q: text(64), page, per_page: perPage, paginate: flagOn, filter_allow_reference: flag }
const Linked = Type.Object({ groups: Type.Array(Group), total_group_count: Type.Integer() })

/** A member whom none of the named groups has. */
export const UngroupedMember = Type.Object({
  ...User.properties,
  groups: Type.Array(Group),
  scheme_guest: Type.Boolean(),
  scheme_user: Type.Boolean(),
  scheme_admin: Type.Boolean(),
})
export type UngroupedMember = Static<typeof UngroupedMember>

const ungrouped = { group_ids: text(4000), page, per_page: perPage }
const Ungrouped = Type.Object({ users: Type.Array(UngroupedMember), total_count: Type.Integer() })

/** How many people a link would add, and how many of them would be new in the team of the channel. */
const Joining = Type.Object({ add_count: Type.Integer(), team_add_count: Type.Integer() })

const NamedGroup = Type.Object({ id: Id, display_name: Type.String() })

/**
 * A team or a channel that a person is in, or has left, and why. `source` and `admin_source` say who made
 * them a member and an administrator: somebody by hand, or the directory by its groups. `team`: a channel
 * that everybody in the team is in from the beginning. `left`: a group would
 * add them, but they have left, and are not added again. The groups are those that the reader may know.
 */
export const Membership = Type.Object({
  place_id: Id,
  type: Type.Union([Type.Literal('Team'), Type.Literal('Channel')]),
  display_name: Type.String(),
  team_id: Id,
  team_display_name: Type.String(),
  source: Type.Union([
    Type.Literal('hand'),
    Type.Literal('groups'),
    Type.Literal('team'),
    Type.Literal('left'),
  ]),
  admin_source: Type.Union([Type.Literal(''), Type.Literal('hand'), Type.Literal('groups')]),
  left_at: Millis,
  /** Linked groups of the person: those that add people, and those that make administrators. */
  groups: Type.Array(NamedGroup),
  admin_groups: Type.Array(NamedGroup),
})
export type Membership = Static<typeof Membership>

export const syncables = operations('syncables', {
  /** `hidden_count`: places on this page of which the reader may not know. */
  memberships: ours.get('/users/{user_id}/memberships', {
    query: { page, per_page: perPage },
    reply: Type.Object({
      memberships: Type.Array(Membership),
      hidden_count: Type.Integer(),
      total_count: Type.Integer(),
    }),
  }),
  /** What a link would do that adds the people of the group. */
  joiningTeam: ours.get('/groups/{group_id}/teams/{team_id}/joining', { reply: Joining }),
  joiningChannel: ours.get('/groups/{group_id}/channels/{channel_id}/joining', { reply: Joining }),
  listTeams: get('/groups/{group_id}/teams', { reply: Type.Array(TeamSyncable) }),
  getTeam: get('/groups/{group_id}/teams/{team_id}', { reply: TeamSyncable }),
  linkTeam: post('/groups/{group_id}/teams/{team_id}/link', {
    body: Linking,
    reply: TeamSyncable,
    status: 201,
  }),
  patchTeam: put('/groups/{group_id}/teams/{team_id}/patch', { body: Linking, reply: TeamSyncable }),
  unlinkTeam: del('/groups/{group_id}/teams/{team_id}/link', { reply: Ok }),
  listChannels: get('/groups/{group_id}/channels', { reply: Type.Array(ChannelSyncable) }),
  getChannel: get('/groups/{group_id}/channels/{channel_id}', { reply: ChannelSyncable }),
  linkChannel: post('/groups/{group_id}/channels/{channel_id}/link', {
    body: Linking,
    reply: ChannelSyncable,
    status: 201,
  }),
  patchChannel: put('/groups/{group_id}/channels/{channel_id}/patch', {
    body: Linking,
    reply: ChannelSyncable,
  }),
  unlinkChannel: del('/groups/{group_id}/channels/{channel_id}/link', { reply: Ok }),
  groupsOfTeam: get('/teams/{team_id}/groups', { query: linked, reply: Linked }),
  groupsOfChannel: get('/channels/{channel_id}/groups', { query: linked, reply: Linked }),
  groupsByChannels: get('/teams/{team_id}/groups_by_channels', {
    query: linked,
    reply: Type.Object({ groups: Type.Record(Id, Type.Array(Group)) }),
  }),
  /** Who would go if only these groups (their ids, separated by commas) decided who is a member. */
  ungroupedInTeam: get('/teams/{team_id}/members_minus_group_members', {
    query: ungrouped,
    reply: Ungrouped,
  }),
  ungroupedInChannel: get('/channels/{channel_id}/members_minus_group_members', {
    query: ungrouped,
    reply: Ungrouped,
  }),
})

const told = Type.Object({ group_id: Id })

/** Sent to the team or the channel that a group was linked to, or unlinked from. */
export const syncableEvents = {
  received_group_associated_to_team: told,
  received_group_not_associated_to_team: told,
  received_group_associated_to_channel: told,
  received_group_not_associated_to_channel: told,
}
