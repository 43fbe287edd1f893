/** The second factor at sign-in: codes of an app (TOTP, RFC 6238). */
import { Type } from 'typebox'
import { operations, post, put } from '../operation.ts'
import { Ok, Text } from '../records.ts'

export const mfa = operations('mfa', {
  generate: post('/users/{user_id}/mfa/generate', {
    reply: Type.Object({
      /** Base32, for typing into an app. */
      secret: Type.String(),
      /** The same secret as a QR code: a PNG in base64. */
      qr_code: Type.String(),
    }),
    withoutMfa: 'always',
  }),
  set: put('/users/{user_id}/mfa', {
    // Switching off one's second factor also needs a code, unless the session has just proven one.
    body: Type.Object({
      activate: Type.Boolean(),
      code: Type.Optional(Text(64)),
      mfa_code: Type.Optional(Text(64)),
    }),
    reply: Ok,
    withoutMfa: 'always',
  }),
})
