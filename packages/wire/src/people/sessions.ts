/** Signing in, and the sessions that follow from it. */
import { type Static, Type } from 'typebox'
import { get, operations, post, put } from '../operation.ts'
import { TeamMember } from '../places/teams.ts'
import { Id, Millis, Ok, Strings, Text } from '../records.ts'
import { User } from './users.ts'

/**
 * A session as its owner sees it. Only the reply to the login contains the token; the login also sets
 * `props.csrf`, which is empty here, as a cookie.
 */
export const Session = Type.Object({
  id: Id,
  token: Type.Literal(''),
  create_at: Millis,
  expires_at: Millis,
  last_activity_at: Millis,
  user_id: Id,
  device_id: Type.String(),
  roles: Type.String(),
  is_oauth: Type.Boolean(),
  expired_notify: Type.Literal(false),
  props: Strings,
  team_members: Type.Array(TeamMember),
  local: Type.Literal(false),
})
export type Session = Static<typeof Session>

export const sessions = operations('sessions', {
  login: post('/users/login', {
    signsIn: true,
    body: Type.Object({
      id: Type.Optional(Text(26)),
      login_id: Type.Optional(Text(128)),
      // A longer password counts as a wrong password, not as a malformed request, so that the reply reveals
      // nothing.
      password: Text(4096),
      token: Type.Optional(Text(64)),
      device_id: Type.Optional(Text(512)),
      deviceId: Type.Optional(Text(512)),
      ldap_only: Type.Optional(Type.Union([Type.Boolean(), Type.String()])),
    }),
    reply: User,
  }),
  logout: post('/users/logout', { reply: Ok }),
  list: get('/users/{user_id}/sessions', { reply: Type.Array(Session) }),
  revoke: post('/users/{user_id}/sessions/revoke', { body: Type.Object({ session_id: Id }), reply: Ok }),
  revokeAll: post('/users/{user_id}/sessions/revoke/all', { reply: Ok }),
  /** Lets a person who is locked out try passwords again. */
  resetAttempts: post('/users/{user_id}/reset_failed_attempts', { reply: Ok }),
  attachDevice: put('/users/sessions/device', {
    body: Type.Object({
      device_id: Type.Optional(Text(512)),
      device_notification_disabled: Type.Optional(Text(16)),
      mobile_version: Type.Optional(Text(32)),
    }),
    reply: Ok,
  }),
})
