/** Single sign-on: what its protocols have in common. */
import { Type } from 'typebox'
import { operations, post } from '../operation.ts'
import { Text } from '../records.ts'

export const sso = operations('sso', {
  /**
   * The mobile app brings the code from the browser, and the secret of which it sent the hash before: so the
   * token of the session is in no address.
   */
  exchangeCode: post('/users/login/sso/code-exchange', {
    signsIn: true,
    body: Type.Object({
      login_code: Text(128, 1),
      code_verifier: Text(256, 1),
      state: Type.Optional(Text(512)),
    }),
    reply: Type.Object({ token: Type.String(), csrf: Type.String() }),
  }),
})
