import type { AttributeField } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { findGuestsBeside } from '../users/index.ts'
import type { Value } from './store.ts'

export const announceCreated = (context: Context, field: AttributeField): void =>
  context.publish('custom_profile_attributes_field_created', { field }, { everyone: true })

export const announceUpdated = (context: Context, field: AttributeField, delete_values: boolean): void =>
  context.publish('custom_profile_attributes_field_updated', { field, delete_values }, { everyone: true })

export const announceRemoved = (context: Context, field_id: string): void =>
  context.publish('custom_profile_attributes_field_deleted', { field_id }, { everyone: true })

type Values = readonly { field_id: string; value: Value }[]

const byField = (values: Values) => Object.fromEntries(values.map(({ field_id, value }) => [field_id, value]))

/**
 * Hidden values are sent to their person and to administrators only. Guests get events only about people whom
 * they meet.
 */
export const announceValues = async (
  context: Context,
  user_id: string,
  all: Values,
  visible: Values,
): Promise<void> => {
  const event = 'custom_profile_attributes_values_updated'
  const full = { user_id, values: byField(all) }
  context.publish(event, full, { users: [user_id] })
  context.publish(event, full, { everyone: true, admins: true, omitUsers: [user_id] })
  const data = { user_id, values: byField(visible) }
  if (visible.length === 0) return
  context.publish(event, data, { everyone: true, admins: false, omitGuests: true, omitUsers: [user_id] })
  const guests = await findGuestsBeside(context.db, user_id)
  if (guests.length > 0) context.publish(event, data, { users: guests })
}
