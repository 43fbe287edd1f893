/** Single sign-on: what its protocols have in common. */
import { type Static, Type } from 'typebox'
import { flagOrNone, page, perPage, text } from '../input.ts'
import { operations, ours, post } from '../operation.ts'
import { Group } from '../places/groups.ts'
import { Id, Millis, Ok, Text } from '../records.ts'

/**
 * A group that a sign-in service has named when people signed in. `service` is openid or saml, `value` what
 * it calls the group, `name` what people are shown. The last two are null while it is not linked.
 */
export const ClaimedGroup = Type.Object({
  id: Id,
  service: Type.String(),
  value: Type.String(),
  name: Type.String(),
  seen_at: Millis,
  group_id: Type.Union([Id, Type.Null()]),
  has_syncables: Type.Union([Type.Boolean(), Type.Null()]),
})
export type ClaimedGroup = Static<typeof ClaimedGroup>

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
  listGroups: ours.get('/sso/groups', {
    query: { q: text(128), page, per_page: perPage, service: text(32), is_linked: flagOrNone },
    reply: Type.Object({ count: Type.Integer(), groups: Type.Array(ClaimedGroup) }),
  }),
  /** Its members come when they sign in. 201 for a group that is new here, 200 for one that was known. */
  linkGroup: ours.post('/sso/groups/{claimed_group_id}/link', { reply: Group }),
  unlinkGroup: ours.del('/sso/groups/{claimed_group_id}/link', { reply: Ok }),
})
