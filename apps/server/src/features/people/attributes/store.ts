import type { AttributeField, AttributeValues } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type FieldRow = Row<
  'attribute_fields',
  { type: AttributeField['type']; attrs: AttributeField['attrs'] }
>
export type Value = AttributeValues[string]

/** In display order. */
export const listFields = (db: Db) =>
  db.rows<FieldRow>(
    `select * from attribute_fields order by (attrs ->> 'sort_order')::numeric, create_at, id`,
  )

/** Locks the table of fields: there are few, and their number is limited. */
export const lockFields = (db: Db) => db.run('lock table attribute_fields in share row exclusive mode')

export const insertField = (db: Db, field: FieldRow) =>
  db.run(
    `insert into attribute_fields (id, name, type, attrs, create_at, update_at, created_by, updated_by)
     values ($1, $2, $3, $4, $5, $5, $6, $6)`,
    [field.id, field.name, field.type, field.attrs, field.create_at, field.created_by],
  )

export const updateField = (db: Db, field: FieldRow) =>
  db.run(
    'update attribute_fields set name = $2, type = $3, attrs = $4, update_at = $5, updated_by = $6 where id = $1',
    [field.id, field.name, field.type, field.attrs, field.update_at, field.updated_by],
  )

export const deleteField = (db: Db, id: string) => db.run('delete from attribute_fields where id = $1', [id])

/** Deletes the values of a field, because they have lost their meaning. */
export const deleteValues = (db: Db, fieldId: string) =>
  db.run('delete from attribute_values where field_id = $1', [fieldId])

export const valuesOf = (db: Db, userId: string) =>
  db.rows<{ field_id: string; value: Value }>(
    'select field_id, value from attribute_values where user_id = $1',
    [userId],
  )

export const saveValues = (
  db: Db,
  userId: string,
  values: readonly { field_id: string; value: Value }[],
  now: number,
) =>
  db.run(
    `insert into attribute_values (user_id, field_id, value, update_at)
     select $1, field_id, value, $4 from unnest($2::text[], $3::jsonb[]) as t (field_id, value)
     on conflict (user_id, field_id) do update set value = excluded.value, update_at = excluded.update_at`,
    [userId, values.map((each) => each.field_id), values.map((each) => JSON.stringify(each.value)), now],
  )
