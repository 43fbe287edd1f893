/** Preferences: the client settings that a person keeps on the server. */
import { type Static, Type } from 'typebox'
import { get, operations, post, put } from '../operation.ts'
import { Id, JsonText, Ok, Text } from '../records.ts'

export const Preference = Type.Object({
  user_id: Id,
  category: Text(32, 1),
  name: Text(32),
  value: Text(20_000),
})
export type Preference = Static<typeof Preference>

const Some = Type.Array(Preference, { minItems: 1, maxItems: 100 })
/**
 * A hundred preferences of the greatest length. The limit exists because parsing JSON blocks the event loop.
 */
const MAX_BODY = 2_200_000

export const preferences = operations('preferences', {
  list: get('/users/{user_id}/preferences', { reply: Type.Array(Preference) }),
  listCategory: get('/users/{user_id}/preferences/{category}', { reply: Type.Array(Preference) }),
  get: get('/users/{user_id}/preferences/{category}/name/{preference_name}', { reply: Preference }),
  save: put('/users/{user_id}/preferences', { body: Some, reply: Ok, maxBody: MAX_BODY }),
  remove: post('/users/{user_id}/preferences/delete', { body: Some, reply: Ok, maxBody: MAX_BODY }),
})

export const preferenceEvents = {
  preference_changed: Type.Object({ preference: JsonText(Preference) }),
  preferences_changed: Type.Object({ preferences: JsonText(Type.Array(Preference)) }),
  preferences_deleted: Type.Object({ preferences: JsonText(Type.Array(Preference)) }),
}
