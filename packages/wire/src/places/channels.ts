/** Channels: public, private, direct and group conversations. */
import { type Static, Type } from 'typebox'
import { flag, flagOn, idOrNone, millis, page, perPage, text } from '../input.ts'
import { About, Name } from '../names.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { Id, IdOrNone, Ids, JsonText, Millis, Ok, PageNumber, Props, Text } from '../records.ts'
import { Team } from './teams.ts'

/** O public, P private, D direct, G group. */
export const ChannelType = Type.Union([
  Type.Literal('O'),
  Type.Literal('P'),
  Type.Literal('D'),
  Type.Literal('G'),
])
export type ChannelType = Static<typeof ChannelType>

/** `team_id` and `display_name` are '' for a direct conversation; clients build its name. */
export const Channel = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  team_id: IdOrNone,
  type: ChannelType,
  display_name: Type.String(),
  name: Type.String(),
  header: Type.String(),
  purpose: Type.String(),
  last_post_at: Millis,
  last_root_post_at: Millis,
  total_msg_count: Type.Integer(),
  total_msg_count_root: Type.Integer(),
  extra_update_at: Millis,
  creator_id: IdOrNone,
  scheme_id: Type.Null(),
  props: Type.Union([Props, Type.Null()]),
  group_constrained: Type.Union([Type.Boolean(), Type.Null()]),
  shared: Type.Null(),
  policy_id: Type.Null(),
  banner_info: Type.Null(),
  default_category_name: Type.Literal(''),
  policy_enforced: Type.Literal(false),
  policy_is_active: Type.Literal(false),
})
export type Channel = Static<typeof Channel>

/** A channel with its team, for lists across all teams. */
export const ChannelWithTeam = Type.Object({
  ...Channel.properties,
  team_display_name: Type.String(),
  team_name: Type.String(),
  team_update_at: Millis,
})
export type ChannelWithTeam = Static<typeof ChannelWithTeam>

const ChannelsWithTeam = Type.Union([
  Type.Array(ChannelWithTeam),
  Type.Object({ channels: Type.Array(ChannelWithTeam), total_count: Type.Integer() }),
])

const optionalFlag = Type.Optional(Type.Boolean())

/**
 * `public` and `private` together mean the same as neither. No channel is tied to access rules: a filter that
 * asks for those finds nothing.
 */
export const ChannelSearch = Type.Object({
  term: Type.Optional(Text(64)),
  team_ids: Type.Optional(Type.Union([Ids(1000), Type.Null()])),
  public: optionalFlag,
  private: optionalFlag,
  deleted: optionalFlag,
  include_deleted: optionalFlag,
  include_search_by_id: optionalFlag,
  exclude_default_channels: optionalFlag,
  access_control_policy_enforced: optionalFlag,
  group_constrained: optionalFlag,
  exclude_group_constrained: optionalFlag,
  not_associated_to_group: Type.Optional(Text(26)),
  page: Type.Optional(PageNumber),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})
export type ChannelSearch = Static<typeof ChannelSearch>

export const NewChannel = Type.Object({
  team_id: Id,
  name: Text(64, 1),
  display_name: Name(64, 1),
  type: Type.Union([Type.Literal('O'), Type.Literal('P')]),
  header: Type.Optional(About(1024)),
  purpose: Type.Optional(About(250)),
})

export const ChannelPatch = Type.Object({
  name: Type.Optional(Text(64, 1)),
  display_name: Type.Optional(Name(64, 1)),
  header: Type.Optional(About(1024)),
  purpose: Type.Optional(About(250)),
})
export type ChannelPatch = Static<typeof ChannelPatch>

const Allowed = Type.Object({ value: Type.Boolean(), enabled: Type.Boolean() })

/**
 * What members and guests may do in a channel. `enabled` says whether their roles on the server allow it, so
 * that the channel can decide. `guests` is missing if the permission does not apply to guests.
 */
export const ChannelModeration = Type.Object({
  name: Type.String(),
  roles: Type.Object({ guests: Type.Optional(Allowed), members: Allowed, admins: Allowed }),
})
export type ChannelModeration = Static<typeof ChannelModeration>

const ModerationPatch = Type.Object({
  name: Type.Union([
    Type.Literal('create_post'),
    Type.Literal('create_reactions'),
    Type.Literal('manage_members'),
    Type.Literal('use_channel_mentions'),
    Type.Literal('manage_bookmarks'),
  ]),
  roles: Type.Object({
    guests: Type.Optional(Type.Boolean()),
    members: Type.Optional(Type.Boolean()),
  }),
})

const archived = { include_deleted: flag }

export const channels = operations('channels', {
  create: post('/channels', { body: NewChannel, reply: Channel, status: 201 }),
  createDirect: post('/channels/direct', { body: Ids(2, 1), reply: Channel, status: 201 }),
  createGroup: post('/channels/group', { body: Ids(8, 1), reply: Channel, status: 201 }),
  get: get('/channels/{channel_id}', { reply: Channel }),
  getByName: get('/teams/{team_id}/channels/name/{channel_name}', { query: archived, reply: Channel }),
  getByTeamName: get('/teams/name/{team_name}/channels/name/{channel_name}', {
    query: archived,
    reply: Channel,
  }),
  /** The channels of all teams, for those who manage channels of the whole server. */
  listAll: get('/channels', {
    query: {
      ...archived,
      page,
      per_page: perPage,
      access_control_policy_enforced: flag,
      exclude_default_channels: flag,
      include_total_count: flag,
      not_associated_to_group: idOrNone,
    },
    reply: ChannelsWithTeam,
  }),
  /**
   * With a page and its size in the body, the reply also has the total number, as in v4.
   * `system_console=false` searches the actor's own teams.
   */
  searchAll: post('/channels/search', {
    query: { ...archived, system_console: flagOn },
    body: ChannelSearch,
    reply: ChannelsWithTeam,
  }),
  listPublic: get('/teams/{team_id}/channels', {
    query: { page, per_page: perPage },
    reply: Type.Array(Channel),
  }),
  search: post('/teams/{team_id}/channels/search', {
    body: Type.Object({ term: Text(64) }),
    reply: Type.Array(Channel),
  }),
  autocomplete: get('/teams/{team_id}/channels/autocomplete', {
    query: { name: text(64) },
    reply: Type.Array(Channel),
  }),
  /** The channels and conversations that the actor is in, archived ones too; for the filter of a search. */
  autocompleteForSearch: get('/teams/{team_id}/channels/search_autocomplete', {
    query: { name: text(64) },
    reply: Type.Array(Channel),
  }),
  listArchived: get('/teams/{team_id}/channels/deleted', {
    query: { page, per_page: perPage },
    reply: Type.Array(Channel),
  }),
  listPrivate: get('/teams/{team_id}/channels/private', {
    query: { page, per_page: perPage },
    reply: Type.Array(Channel),
  }),
  listPublicByIds: post('/teams/{team_id}/channels/ids', { body: Ids(1000, 1), reply: Type.Array(Channel) }),
  searchGroups: post('/channels/group/search', {
    body: Type.Object({ term: Text(64) }),
    reply: Type.Array(Channel),
  }),
  commonTeams: get('/channels/{channel_id}/common_teams', { reply: Type.Array(Team) }),
  /** The servers that share the channel. Always empty, because servers are not federated. */
  remotes: get('/sharedchannels/{channel_id}/remotes', { reply: Type.Array(Props) }),
  listOfUser: get('/users/{user_id}/channels', {
    query: { ...archived, last_delete_at: millis },
    reply: Type.Array(Channel),
  }),
  listOfUserInTeam: get('/users/{user_id}/teams/{team_id}/channels', {
    query: { ...archived, last_delete_at: millis },
    reply: Type.Array(Channel),
    hasTag: true,
  }),
  patch: put('/channels/{channel_id}/patch', {
    body: Type.Object({
      ...ChannelPatch.properties,
      /** Only members of linked groups may be members; the others are removed. */
      group_constrained: Type.Optional(Type.Boolean()),
    }),
    reply: Channel,
  }),
  update: put('/channels/{channel_id}', {
    body: Type.Object({ id: Id, ...ChannelPatch.properties }),
    reply: Channel,
  }),
  convertGroup: post('/channels/{channel_id}/convert_to_channel', {
    query: { team_id: idOrNone },
    body: Type.Object({
      channel_id: Id,
      team_id: Id,
      display_name: Name(64, 1),
      name: Type.Optional(Text(64)),
    }),
    reply: Channel,
  }),
  move: post('/channels/{channel_id}/move', {
    body: Type.Object({ team_id: Id, force: Type.Optional(Type.Boolean()) }),
    reply: Channel,
  }),
  setPrivacy: put('/channels/{channel_id}/privacy', {
    body: Type.Object({ privacy: Type.Union([Type.Literal('O'), Type.Literal('P')]) }),
    reply: Channel,
  }),
  archive: del('/channels/{channel_id}', { reply: Ok }),
  restore: post('/channels/{channel_id}/restore', { reply: Channel }),
  getModerations: get('/channels/{channel_id}/moderations', { reply: Type.Array(ChannelModeration) }),
  patchModerations: put('/channels/{channel_id}/moderations/patch', {
    body: Type.Array(ModerationPatch, { maxItems: 20 }),
    reply: Type.Array(ChannelModeration),
  }),
  /** Keyed by channel; channels that the actor may not see are left out. */
  memberCounts: post('/channels/stats/member_count', {
    body: Ids(1000, 1),
    reply: Type.Record(Id, Type.Integer()),
  }),
  stats: get('/channels/{channel_id}/stats', {
    query: { exclude_files_count: flag },
    reply: Type.Object({
      channel_id: Id,
      member_count: Type.Integer(),
      guest_count: Type.Integer(),
      pinnedpost_count: Type.Integer(),
      files_count: Type.Integer(),
    }),
  }),
})

/** `channel` is JSON of Channel, `teammate_ids` of string[]. */
export const channelEvents = {
  channel_created: Type.Object({ channel_id: Id, team_id: IdOrNone }),
  channel_updated: Type.Object({ channel: JsonText(Channel) }),
  /** The broadcast names the channel. */
  channel_scheme_updated: Type.Object({}),
  channel_converted: Type.Object({ channel_id: Id }),
  channel_deleted: Type.Object({ channel_id: Id, delete_at: Millis }),
  channel_restored: Type.Object({ channel_id: Id }),
  direct_added: Type.Object({ creator_id: Id, teammate_id: Id }),
  group_added: Type.Object({ teammate_ids: JsonText(Type.Array(Id)) }),
}
