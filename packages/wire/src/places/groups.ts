/** Groups: people whom others mention together by one name. */
import { type Static, Type } from 'typebox'
import { flag, idOrNone, page, perPage, text } from '../input.ts'
import { About, Name } from '../names.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { User } from '../people/users.ts'
import { Id, IdOrNone, Ids, JsonText, Millis, Text } from '../records.ts'

/**
 * `member_count` and the properties after it exist only if the request asks for them; then `member_ids` is
 * null. A group of the directory has `source` ldap, its id there as `remote_id`, and no name until it may be
 * mentioned.
 */
export const Group = Type.Object({
  id: Id,
  name: Type.Union([Type.String(), Type.Null()]),
  display_name: Type.String(),
  description: Type.String(),
  source: Type.String(),
  remote_id: Type.Union([Type.String(), Type.Null()]),
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  has_syncables: Type.Boolean(),
  allow_reference: Type.Boolean(),
  scheme_admin: Type.Boolean(),
  member_count: Type.Optional(Type.Integer()),
  member_ids: Type.Union([Type.Array(Id), Type.Null()]),
  channel_member_count: Type.Optional(Type.Integer()),
  channel_member_timezones_count: Type.Optional(Type.Integer()),
})
export type Group = Static<typeof Group>

export const GroupMember = Type.Object({
  group_id: Id,
  user_id: Id,
  create_at: Millis,
  delete_at: Millis,
})
export type GroupMember = Static<typeof GroupMember>

const People = Type.Object({ user_ids: Ids(1000, 1) })

export const groups = operations('groups', {
  list: get('/groups', {
    query: {
      q: text(64),
      page,
      per_page: perPage,
      include_member_count: flag,
      include_member_ids: flag,
      include_archived: flag,
      filter_archived: flag,
      filter_allow_reference: flag,
      filter_has_member: text(26),
      group_source: text(32),
      not_associated_to_team: idOrNone,
      not_associated_to_channel: idOrNone,
      filter_parent_team_permitted: flag,
      only_syncable_sources: flag,
      include_channel_member_count: idOrNone,
      include_timezones: flag,
    },
    reply: Type.Array(Group),
  }),
  create: post('/groups', {
    body: Type.Object({
      name: Text(64, 1),
      display_name: Name(128, 1),
      description: Type.Optional(About(1024)),
      source: Type.Optional(Text(64)),
      allow_reference: Type.Optional(Type.Boolean()),
      user_ids: Type.Optional(Ids(1000)),
    }),
    reply: Group,
    status: 201,
  }),
  listByNames: post('/groups/names', {
    body: Type.Array(Text(64), { maxItems: 100 }),
    reply: Type.Array(Group),
  }),
  get: get('/groups/{group_id}', { query: { include_member_count: flag }, reply: Group }),
  patch: put('/groups/{group_id}/patch', {
    body: Type.Object({
      name: Type.Optional(Text(64, 1)),
      display_name: Type.Optional(Name(128, 1)),
      description: Type.Optional(About(1024)),
      allow_reference: Type.Optional(Type.Boolean()),
    }),
    reply: Group,
  }),
  archive: del('/groups/{group_id}', { reply: Group }),
  restore: post('/groups/{group_id}/restore', { reply: Group }),
  stats: get('/groups/{group_id}/stats', {
    reply: Type.Object({ group_id: Id, total_member_count: Type.Integer() }),
  }),
  listMembers: get('/groups/{group_id}/members', {
    query: { page, per_page: perPage, sort: text(16) },
    reply: Type.Object({ members: Type.Array(User), total_member_count: Type.Integer() }),
  }),
  addMembers: post('/groups/{group_id}/members', { body: People, reply: Type.Array(GroupMember) }),
  removeMembers: del('/groups/{group_id}/members', { body: People, reply: Type.Array(GroupMember) }),
  listOfUser: get('/users/{user_id}/groups', { reply: Type.Array(Group) }),
  countInChannel: get('/channels/{channel_id}/member_counts_by_group', {
    query: { include_timezones: flag },
    reply: Type.Array(
      Type.Object({
        group_id: IdOrNone,
        channel_member_count: Type.Integer(),
        channel_member_timezones_count: Type.Integer(),
      }),
    ),
  }),
})

/** `group` is JSON of Group, `group_member` of GroupMember. */
export const groupEvents = {
  received_group: Type.Object({ group: JsonText(Group) }),
  group_member_add: Type.Object({ group_member: JsonText(GroupMember) }),
  group_member_deleted: Type.Object({ group_member: JsonText(GroupMember) }),
}
