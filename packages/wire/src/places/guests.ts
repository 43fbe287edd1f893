/** How long guests stay: a date at which their account is deactivated. */
import { type Static, Type } from 'typebox'
import { operations, ours } from '../operation.ts'
import { Id, IdOrNone, Ids, Millis } from '../records.ts'

/** `end_at` is 0 for no end; `inviter_id` is '' if the server does not know who invited the guest. */
export const GuestStay = Type.Object({
  user_id: Id,
  end_at: Millis,
  inviter_id: IdOrNone,
})
export type GuestStay = Static<typeof GuestStay>

export const guests = operations('guests', {
  get: ours.get('/guests/{user_id}', { reply: GuestStay }),
  setEnd: ours.put('/guests/{user_id}', { body: Type.Object({ end_at: Millis }), reply: GuestStay }),
  /** The stays of those of the people that are guests, as far as the actor may see them. */
  listByIds: ours.post('/guests/ids', { body: Ids(200), reply: Type.Array(GuestStay) }),
})
