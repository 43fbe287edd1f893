/** Roles: named sets of permissions. */
import { type Static, Type } from 'typebox'
import { get, operations, post, put } from '../operation.ts'
import { Id, JsonText, Millis, Text } from '../records.ts'

export const Role = Type.Object({
  id: Id,
  name: Type.String(),
  display_name: Type.String(),
  description: Type.String(),
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  permissions: Type.Array(Type.String()),
  scheme_managed: Type.Boolean(),
  built_in: Type.Boolean(),
  scheme_id: Type.Null(),
})
export type Role = Static<typeof Role>

export const roles = operations('roles', {
  list: get('/roles', { reply: Type.Array(Role) }),
  get: get('/roles/{role_id}', { reply: Role }),
  getByName: get('/roles/name/{role_name}', { reply: Role }),
  patch: put('/roles/{role_id}/patch', {
    body: Type.Object({ permissions: Type.Optional(Type.Array(Text(64), { maxItems: 500 })) }),
    reply: Role,
  }),
  listByNames: post('/roles/names', {
    body: Type.Array(Text(64), { minItems: 1, maxItems: 100 }),
    reply: Type.Array(Role),
    csrfFree: true,
  }),
})

export const roleEvents = {
  role_updated: Type.Object({ role: JsonText(Role) }),
}
