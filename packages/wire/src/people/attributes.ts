/**
 * Attributes: what an organisation records about its people beyond v4's profile, such as room or field of
 * work.
 */
import { type Static, Type } from 'typebox'
import { Name } from '../names.ts'
import { del, get, operations, patch, post } from '../operation.ts'
import { Id, IdOrNone, Millis, Ok, Text } from '../records.ts'

export const AttributeType = Type.Union([
  Type.Literal('text'),
  Type.Literal('select'),
  Type.Literal('multiselect'),
  Type.Literal('date'),
  Type.Literal('user'),
  Type.Literal('multiuser'),
])

/** The position of a field among the others. Clients may use a number between two others. */
const Order = Type.Number({ minimum: -1_000_000_000, maximum: 1_000_000_000 })

const Option = Type.Object({
  id: Type.Optional(IdOrNone),
  name: Name(64, 1),
  color: Type.Optional(Text(32)),
})

/**
 * `visibility` "hidden": only the person and administrators see the field. `managed` "admin": only
 * administrators set it.
 */
const Attrs = Type.Object({
  sort_order: Type.Optional(Order),
  visibility: Type.Optional(
    Type.Union([Type.Literal('always'), Type.Literal('when_set'), Type.Literal('hidden')]),
  ),
  value_type: Type.Optional(
    Type.Union([Type.Literal(''), Type.Literal('email'), Type.Literal('url'), Type.Literal('phone')]),
  ),
  options: Type.Optional(Type.Array(Option, { maxItems: 200 })),
  managed: Type.Optional(Type.Union([Type.Literal(''), Type.Literal('admin')])),
  ldap: Type.Optional(Text(128)),
  saml: Type.Optional(Text(128)),
  display_name: Type.Optional(Name(128)),
})

export const AttributeField = Type.Object({
  id: Id,
  group_id: Type.Literal('custom_profile_attributes'),
  name: Type.String(),
  type: AttributeType,
  attrs: Type.Object({
    ...Attrs.properties,
    sort_order: Order,
    visibility: Type.String(),
    value_type: Type.String(),
  }),
  target_id: Type.Literal(''),
  target_type: Type.Literal('system'),
  object_type: Type.Literal('user'),
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  created_by: IdOrNone,
  updated_by: IdOrNone,
})
export type AttributeField = Static<typeof AttributeField>

/** Keyed by field id: a text, the id of an option or a person, or a list of ids; '' and [] for none. */
export const AttributeValues = Type.Record(
  Id,
  Type.Union([Text(512), Type.Array(Text(64), { maxItems: 200 })]),
)
export type AttributeValues = Static<typeof AttributeValues>

const fields = '/custom_profile_attributes/fields' as const

export const attributes = operations('attributes', {
  listFields: get(fields, { reply: Type.Array(AttributeField) }),
  createField: post(fields, {
    body: Type.Object({ name: Name(64, 1), type: AttributeType, attrs: Type.Optional(Attrs) }),
    reply: AttributeField,
    status: 201,
  }),
  patchField: patch(`${fields}/{field_id}`, {
    body: Type.Object({
      name: Type.Optional(Name(64, 1)),
      type: Type.Optional(AttributeType),
      attrs: Type.Optional(Attrs),
    }),
    reply: AttributeField,
  }),
  removeField: del(`${fields}/{field_id}`, { reply: Ok }),
  group: get('/custom_profile_attributes/group', { reply: Type.Object({ id: Type.String() }) }),
  list: get('/users/{user_id}/custom_profile_attributes', { reply: AttributeValues }),
  patchOwn: patch('/custom_profile_attributes/values', { body: AttributeValues, reply: AttributeValues }),
  patchOfUser: patch('/users/{user_id}/custom_profile_attributes', {
    body: AttributeValues,
    reply: AttributeValues,
  }),
})

export const attributeEvents = {
  custom_profile_attributes_field_created: Type.Object({ field: AttributeField }),
  custom_profile_attributes_field_updated: Type.Object({
    field: AttributeField,
    delete_values: Type.Boolean(),
  }),
  custom_profile_attributes_field_deleted: Type.Object({ field_id: Id }),
  custom_profile_attributes_values_updated: Type.Object({ user_id: Id, values: AttributeValues }),
}
