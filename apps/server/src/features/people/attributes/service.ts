import type { AttributeField, AttributeValues, attributes, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { findUsers } from '../users/index.ts'
import { announceCreated, announceRemoved, announceUpdated, announceValues } from './events.ts'
import { checkAttrs, checkValue, MOST_FIELDS } from './rules.ts'
import {
  deleteField,
  deleteValues,
  type FieldRow,
  insertField,
  listFields,
  saveValues,
  updateField,
  valuesOf,
} from './store.ts'

type Input<K extends keyof typeof attributes> = InputOf<(typeof attributes)[K]>

const shown = (row: FieldRow): AttributeField => ({
  ...row,
  group_id: 'custom_profile_attributes',
  target_id: '',
  target_type: 'system',
  object_type: 'user',
  delete_at: 0,
})

export const list = async ({ db }: Context): Promise<AttributeField[]> => (await listFields(db)).map(shown)

export const group = () => ({ id: 'custom_profile_attributes' })

export const createField = async (
  context: Context,
  { body }: Input<'createField'>,
  all: readonly FieldRow[],
): Promise<AttributeField> => {
  if (all.length >= MOST_FIELDS) throw new Fault('attributes.limit', { max: MOST_FIELDS })
  const { actor, db, now } = context
  const field: FieldRow = {
    id: newId(now),
    name: body.name.trim() || body.name,
    type: body.type,
    attrs: checkAttrs(body.type, { sort_order: all.length, ...body.attrs }),
    create_at: now,
    update_at: now,
    created_by: actor.userId,
    updated_by: actor.userId,
  }
  await insertField(db, field)
  announceCreated(context, shown(field))
  return shown(field)
}

/**
 * Changing the type of a field deletes its values. Removing an option empties the values of those who chose
 * it.
 */
export const patchField = async (
  context: Context,
  { body }: Input<'patchField'>,
  { field }: { field: FieldRow },
): Promise<AttributeField> => {
  const { actor, db, now } = context
  const type = body.type ?? field.type
  const voids = type !== field.type
  const next: FieldRow = {
    ...field,
    name: body.name?.trim() || field.name,
    type,
    attrs: checkAttrs(type, body.attrs ?? {}, field.attrs),
    update_at: Math.max(now, field.update_at + 1),
    updated_by: actor.userId,
  }
  await updateField(db, next)
  if (voids) await deleteValues(db, field.id)
  announceUpdated(context, shown(next), voids)
  return shown(next)
}

export const removeField = async (context: Context, _input: unknown, { field }: { field: FieldRow }) => {
  await deleteField(context.db, field.id)
  announceRemoved(context, field.id)
  return { status: 'OK' as const }
}

/**
 * The values of a person that the actor may see: people see all of their own, administrators see all. Removed
 * options are left out.
 */
export const valuesFor = async ({ actor, db }: Context, userId: string): Promise<AttributeValues> => {
  const fields = new Map((await listFields(db)).map((field) => [field.id, field]))
  const seesAll = actor.userId === userId || actor.can('manage_system')
  return Object.fromEntries(
    (await valuesOf(db, userId)).flatMap(({ field_id, value }) => {
      const field = fields.get(field_id)
      if (!field || (field.attrs.visibility === 'hidden' && !seesAll)) return []
      const options = field.attrs.options?.map((option) => option.id ?? '')
      if (!options) return [[field_id, value]]
      const kept = Array.isArray(value)
        ? value.filter((id) => options.includes(id))
        : options.includes(value)
          ? value
          : ''
      return [[field_id, kept]]
    }),
  )
}

export const listValues = (context: Context, _input: unknown, userId: string) => valuesFor(context, userId)

const idsIn = (values: AttributeValues): string[] =>
  Object.values(values)
    .flat()
    .filter((value) => /^[a-z0-9]{26}$/.test(value))

/** Sets the given values; an invalid one makes the whole request fail. */
export const patchValues = async (
  context: Context,
  { body }: { body: AttributeValues },
  userId: string,
): Promise<AttributeValues> => {
  const { actor, db, now } = context
  const fields = new Map((await listFields(db)).map((field) => [field.id, field]))
  const known = new Set((await findUsers(db, [...new Set(idsIn(body))])).map((user) => user.id))
  const values = Object.entries(body).map(([id, value]) => {
    const field = fields.get(id)
    if (!field) throw new Fault('attributes.not_found')
    if (field.attrs.managed === 'admin' && !actor.can('manage_system'))
      throw new Fault('api.context.permissions.app_error')
    return { field_id: id, value: checkValue(field, value, known) }
  })
  await saveValues(db, userId, values, now)
  const visible = values.filter(({ field_id }) => fields.get(field_id)?.attrs.visibility !== 'hidden')
  await announceValues(context, userId, values, visible)
  return Object.fromEntries(values.map(({ field_id, value }) => [field_id, value]))
}
