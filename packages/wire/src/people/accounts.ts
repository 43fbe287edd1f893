/**
 * Getting back into an account: verifying an address, resetting a forgotten password, and other ways to sign
 * in.
 */
import { Type } from 'typebox'
import { operations, post, put } from '../operation.ts'
import { Ok, Text } from '../records.ts'
import { User } from './users.ts'

/** Any text that could be a token; an unknown one is answered as not found. */
const Token = Text(128, 1)
const Email = Text(128, 1)

export const accounts = operations('accounts', {
  verify: post('/users/email/verify', { body: Type.Object({ token: Token }), reply: Ok }),
  sendVerification: post('/users/email/verify/send', { body: Type.Object({ email: Email }), reply: Ok }),
  verifyMember: post('/users/{user_id}/email/verify/member', { reply: User }),
  resetPassword: post('/users/password/reset', {
    body: Type.Object({ token: Token, new_password: Text(4096) }),
    reply: Ok,
  }),
  sendReset: post('/users/password/reset/send', { body: Type.Object({ email: Email }), reply: Ok }),
  loginType: post('/users/login/type', {
    body: Type.Object({
      id: Type.Optional(Text(26)),
      login_id: Type.Optional(Text(128)),
      device_id: Type.Optional(Text(512)),
    }),
    reply: Type.Object({ auth_service: Type.String(), is_deactivated: Type.Optional(Type.Boolean()) }),
  }),
  switchLogin: post('/users/login/switch', {
    signsIn: true,
    body: Type.Object({
      current_service: Text(32),
      new_service: Text(32),
      email: Type.Optional(Text(128)),
      password: Type.Optional(Text(4096)),
      new_password: Type.Optional(Text(4096)),
      mfa_code: Type.Optional(Text(64)),
      ldap_id: Type.Optional(Text(256)),
    }),
    reply: Type.Object({ follow_link: Type.String() }),
  }),
  /**
   * An administrator says how somebody signs in: `auth_service` is '' (or 'email') for a password, and then
   * `auth_data` is ''. Sessions, tokens and links end.
   */
  setWay: put('/users/{user_id}/auth', {
    body: Type.Object({ auth_data: Type.Optional(Text(128)), auth_service: Type.Optional(Text(32)) }),
    reply: Type.Object({ auth_data: Type.String(), auth_service: Type.String() }),
  }),
  desktopLogin: post('/users/login/desktop_token', {
    signsIn: true,
    body: Type.Object({
      token: Token,
      device_id: Type.Optional(Text(512)),
      deviceId: Type.Optional(Text(512)),
    }),
    reply: User,
  }),
})
