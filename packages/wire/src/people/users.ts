/** People: accounts and what others see of them. */
import { type Static, Type } from 'typebox'
import { choice, count, flag, idOrNone, millis, page, perPage, text } from '../input.ts'
import { Name } from '../names.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { Id, Ids, Int, Millis, Ok, Strings, Text } from '../records.ts'

/**
 * An account as v4 shows it. Other people, except administrators, get an empty `notify_props`, and e-mail and
 * names only if the settings allow it.
 */
export const User = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  username: Type.String(),
  auth_data: Type.String(),
  auth_service: Type.String(),
  email: Type.String(),
  email_verified: Type.Optional(Type.Boolean()),
  nickname: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  position: Type.String(),
  roles: Type.String(),
  allow_marketing: Type.Optional(Type.Boolean()),
  notify_props: Strings,
  props: Strings,
  last_password_update: Type.Optional(Millis),
  last_picture_update: Type.Optional(Millis),
  failed_attempts: Type.Optional(Type.Integer()),
  locale: Type.String(),
  timezone: Strings,
  mfa_active: Type.Optional(Type.Boolean()),
  is_bot: Type.Boolean(),
  terms_of_service_id: Type.String(),
  terms_of_service_create_at: Millis,
  disable_welcome_email: Type.Boolean(),
  remote_id: Type.Literal(''),
})
export type User = Static<typeof User>

/**
 * A person of whom the server read only the id. Clients in Go and Java still need the fields that v4 always
 * sends, so they are here with empty values.
 */
const Unread = Type.Object({
  id: Id,
  delete_at: Type.Literal(0),
  username: Type.Literal(''),
  auth_service: Type.Literal(''),
  email: Type.Literal(''),
  nickname: Type.Literal(''),
  first_name: Type.Literal(''),
  last_name: Type.Literal(''),
  position: Type.Literal(''),
  roles: Type.Literal(''),
  locale: Type.Literal(''),
  timezone: Type.Null(),
  disable_welcome_email: Type.Literal(false),
})

/**
 * A person who wrote in a thread. With `extended`, the record has everything that the actor may see of them.
 */
export const Participant = Type.Union([User, Unread, Type.Object({ id: Id })])
export type Participant = Static<typeof Participant>

/**
 * The properties of an account that a person may change; absent means unchanged. To change their own address,
 * people need their password and, if they have a second factor, a code (`mfa_code`, or `code` as in
 * `mfa.set`), unless their session has just proven one.
 */
export const UserPatch = Type.Object({
  email: Type.Optional(Text(128, 1)),
  password: Type.Optional(Text(4096)),
  mfa_code: Type.Optional(Text(64)),
  code: Type.Optional(Text(64)),
  username: Type.Optional(Text(64, 1)),
  nickname: Type.Optional(Name(64)),
  first_name: Type.Optional(Name(64)),
  last_name: Type.Optional(Name(64)),
  position: Type.Optional(Name(128)),
  locale: Type.Optional(Text(5, 1)),
  timezone: Type.Optional(Strings),
  notify_props: Type.Optional(Strings),
  props: Type.Optional(Strings),
})
export type UserPatch = Static<typeof UserPatch>

/** The whole account, as clients send it back after a change; the server ignores the other properties. */
const WholeUser = Type.Object({
  ...UserPatch.properties,
  id: Id,
  username: Text(64, 1),
})

const RoleNames = Type.Optional(Type.Array(Text(64), { maxItems: 20 }))

const SearchTerm = Type.Object({
  term: Text(256, 1),
  team_id: Type.Optional(Text(26)),
  not_in_team_id: Type.Optional(Text(26)),
  in_channel_id: Type.Optional(Text(26)),
  not_in_channel_id: Type.Optional(Text(26)),
  in_group_id: Type.Optional(Text(26)),
  not_in_group_id: Type.Optional(Text(26)),
  without_team: Type.Optional(Type.Boolean()),
  group_constrained: Type.Optional(Type.Boolean()),
  role: Type.Optional(Text(64)),
  roles: RoleNames,
  team_roles: RoleNames,
  channel_roles: RoleNames,
  allow_inactive: Type.Optional(Type.Boolean()),
  limit: Type.Optional(Int),
})

/**
 * Names of roles, separated by commas. `team_roles` and `channel_roles` apply with `in_team` and
 * `in_channel`.
 */
const roleNames = { roles: text(512), team_roles: text(512), channel_roles: text(512) }

export const users = operations('users', {
  stats: get('/users/stats', { reply: Type.Object({ total_users_count: Type.Integer() }) }),
  filteredStats: get('/users/stats/filtered', {
    query: {
      in_team: idOrNone,
      in_channel: idOrNone,
      include_deleted: flag,
      include_bots: flag,
      ...roleNames,
    },
    reply: Type.Object({ total_users_count: Type.Integer() }),
  }),
  known: get('/users/known', { reply: Type.Array(Id) }),
  get: get('/users/{user_id}', { reply: User, withoutMfa: 'oneself', hasTag: true }),
  getByUsername: get('/users/username/{username}', { reply: User, hasTag: true }),
  getByEmail: get('/users/email/{email}', { reply: User, hasTag: true }),
  list: get('/users', {
    query: {
      page,
      per_page: perPage,
      in_team: idOrNone,
      in_channel: idOrNone,
      not_in_channel: idOrNone,
      not_in_team: idOrNone,
      active: flag,
      inactive: flag,
      without_team: flag,
      in_group: idOrNone,
      not_in_group: idOrNone,
      group_constrained: flag,
      role: text(64),
      ...roleNames,
      sort: choice('', 'last_activity_at', 'create_at', 'status', 'admin'),
    },
    reply: Type.Array(User),
  }),
  listByIds: post('/users/ids', { query: { since: millis }, body: Ids(1000, 1), reply: Type.Array(User) }),
  listByUsernames: post('/users/usernames', {
    body: Type.Array(Text(64), { minItems: 1, maxItems: 1000 }),
    reply: Type.Array(User),
  }),
  search: post('/users/search', { body: SearchTerm, reply: Type.Array(User) }),
  autocomplete: get('/users/autocomplete', {
    query: { name: text(64), in_team: idOrNone, in_channel: idOrNone, limit: count(60, 200, 1) },
    reply: Type.Object({ users: Type.Array(User), out_of_channel: Type.Optional(Type.Array(User)) }),
  }),
  update: put('/users/{user_id}', { body: WholeUser, reply: User }),
  deactivate: del('/users/{user_id}', { query: { permanent: flag }, reply: Ok }),
  patch: put('/users/{user_id}/patch', { body: UserPatch, reply: User }),
  setRoles: put('/users/{user_id}/roles', { body: Type.Object({ roles: Text(256) }), reply: Ok }),
  demote: post('/users/{user_id}/demote', { reply: Ok }),
  promote: post('/users/{user_id}/promote', { reply: Ok }),
  setActive: put('/users/{user_id}/active', { body: Type.Object({ active: Type.Boolean() }), reply: Ok }),
})

export const userEvents = {
  user_updated: Type.Object({ user: User }),
  new_user: Type.Object({ user_id: Id }),
  guests_deactivated: Type.Object({}),
  user_role_updated: Type.Object({ user_id: Id, roles: Type.String() }),
}

/** v4's notification settings of a new account (protocol: semantics 8). */
export const defaultAccountNotifyProps = {
  email: 'true',
  push: 'mention',
  desktop: 'mention',
  desktop_sound: 'true',
  mention_keys: '',
  channel: 'true',
  push_status: 'online',
  comments: 'never',
  first_name: 'false',
  desktop_threads: 'all',
  email_threads: 'all',
  push_threads: 'all',
}

/** v4's time zone of a new account: what its clients say. */
export const defaultTimezone = { automaticTimezone: '', manualTimezone: '', useAutomaticTimezone: 'true' }
