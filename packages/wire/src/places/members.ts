/** Members of channels: their roles, and which notifications they want. */
import { type Static, Type } from 'typebox'
import { page, perPage } from '../input.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { User } from '../people/users.ts'
import { Id, IdOrNone, Ids, JsonText, Millis, Ok, SchemeRoles, Strings, Text } from '../records.ts'

/** A membership. The number of unread messages is the channel's `total_msg_count` minus `msg_count`. */
export const ChannelMember = Type.Object({
  channel_id: Id,
  user_id: Id,
  roles: Type.String(),
  last_viewed_at: Millis,
  msg_count: Type.Integer(),
  mention_count: Type.Integer(),
  mention_count_root: Type.Integer(),
  urgent_mention_count: Type.Integer(),
  msg_count_root: Type.Integer(),
  notify_props: Strings,
  last_update_at: Millis,
  scheme_guest: Type.Boolean(),
  scheme_user: Type.Boolean(),
  scheme_admin: Type.Boolean(),
  explicit_roles: Type.String(),
  autotranslation_disabled: Type.Literal(false),
})
export type ChannelMember = Static<typeof ChannelMember>

export const ChannelMemberWithTeam = Type.Object({
  ...ChannelMember.properties,
  team_display_name: Type.String(),
  team_name: Type.String(),
  team_update_at: Millis,
})

export const members = operations('members', {
  list: get('/channels/{channel_id}/members', {
    query: { page, per_page: perPage },
    reply: Type.Array(ChannelMember),
  }),
  get: get('/channels/{channel_id}/members/{user_id}', { reply: ChannelMember }),
  listByIds: post('/channels/{channel_id}/members/ids', {
    body: Ids(1000, 1),
    reply: Type.Array(ChannelMember),
  }),
  add: post('/channels/{channel_id}/members', {
    body: Type.Object({
      user_id: Type.Optional(Id),
      user_ids: Type.Optional(Ids(1000)),
      post_root_id: Type.Optional(IdOrNone),
    }),
    reply: Type.Union([ChannelMember, Type.Array(ChannelMember)]),
    status: 201,
  }),
  remove: del('/channels/{channel_id}/members/{user_id}', { reply: Ok }),
  setRoles: put('/channels/{channel_id}/members/{user_id}/roles', {
    body: Type.Object({ roles: Text(256) }),
    reply: Ok,
  }),
  setSchemeRoles: put('/channels/{channel_id}/members/{user_id}/schemeRoles', {
    body: SchemeRoles,
    reply: Ok,
  }),
  timezones: get('/channels/{channel_id}/timezones', { reply: Type.Array(Type.String()) }),
  setNotifyProps: put('/channels/{channel_id}/members/{user_id}/notify_props', { body: Strings, reply: Ok }),
  listOfUserInTeam: get('/users/{user_id}/teams/{team_id}/channels/members', {
    reply: Type.Array(ChannelMember),
  }),
  /** `page=-1` streams the whole list as NDJSON, one member per line. */
  listOfUser: get('/users/{user_id}/channel_members', {
    query: { page, per_page: perPage },
    reply: Type.Array(ChannelMemberWithTeam),
  }),
  listGroupProfiles: post('/users/group_channels', {
    body: Ids(200, 1),
    reply: Type.Record(Id, Type.Array(User)),
  }),
})

/** `channelMember` is JSON of ChannelMember. */
export const memberEvents = {
  channel_member_updated: Type.Object({ channelMember: JsonText(ChannelMember) }),
  user_added: Type.Object({ user_id: Id, team_id: IdOrNone }),
  /**
   * Ours: a directory added many people to the channel at once. They get `user_added` themselves; the others
   * get this one event, and ask again who is there.
   */
  members_joined: Type.Object({ count: Type.Integer() }),
  user_removed: Type.Object({
    user_id: Type.Optional(Id),
    channel_id: Type.Optional(Id),
    remover_id: IdOrNone,
  }),
}

/** v4's notification settings of a new membership (protocol: semantics 9). */
export const defaultMemberNotifyProps = {
  desktop: 'default',
  push: 'default',
  email: 'default',
  mark_unread: 'all',
  ignore_channel_mentions: 'default',
  channel_auto_follow_threads: 'off',
}
