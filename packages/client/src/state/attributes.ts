/**
 * Attributes of people that an organisation defines in addition to v4's profile: the fields, and the values
 * of people whose profile is open.
 */
import { type AttributeField, type AttributeValues, attributes as operations } from '@plausch/wire'
import type { Handlers } from '../events.ts'
import { Collection } from '../source.ts'
import { byKey, type Context, type Noun } from './noun.ts'
import { createOpened, type Opened } from './opened.ts'

const attributeHandlers = (
  fields: Collection<AttributeField>,
  values: Collection<AttributeValues>,
  allFields: Opened,
  ofUsers: Opened,
): Handlers => {
  const put = (field: AttributeField): void => allFields.change('', () => fields.set(field.id, field))
  return {
    custom_profile_attributes_field_created: ({ field }) => put(field),
    custom_profile_attributes_field_updated: ({ field }) => {
      put(field)
      // The change may have deleted, hidden or shown values.
      ofUsers.again()
    },
    custom_profile_attributes_field_deleted: ({ field_id }) => {
      allFields.change('', () => fields.delete(field_id))
      for (const userId of ofUsers.keys())
        ofUsers.change(userId, () =>
          values.update(userId, ({ [field_id]: _, ...others }) => others as AttributeValues),
        )
    },
    custom_profile_attributes_values_updated: ({ user_id, values: changed }) =>
      ofUsers.change(user_id, () => values.update(user_id, (known) => ({ ...known, ...changed }))),
  }
}

export const createAttributes = (context: Context) => {
  const { call } = context
  const fields = new Collection<AttributeField>()
  /** By person. */
  const values = new Collection<AttributeValues>()

  const allFields = createOpened(
    context,
    async () => {
      const all = await call(operations.listFields)
      return () => fields.replace(byKey(all, ({ id }) => id))
    },
    () => fields.clear(),
  )
  const ofUsers = createOpened(
    context,
    async (userId) => {
      const all = await call(operations.list, { params: { user_id: userId } })
      return () => values.set(userId, all)
    },
    (userId) => values.delete(userId),
  )

  const noun: Noun = {
    on: attributeHandlers(fields, values, allFields, ofUsers),
    load() {
      allFields.again()
      ofUsers.revisit()
    },
    clear() {
      allFields.clear()
      ofUsers.clear()
    },
  }

  return {
    ...noun,
    fields,
    values,
    /** Loads the fields, and the visible values of a person. */
    async open(userId: string): Promise<void> {
      await Promise.all([allFields.load(''), ofUsers.load(userId)])
    },
  }
}

export type Attributes = ReturnType<typeof createAttributes>
