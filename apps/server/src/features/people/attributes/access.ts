/**
 * Administrators manage fields. People manage their own values, except those of managed fields, which
 * administrators set.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { mayActFor, maySeeUser } from '../users/index.ts'
import { type FieldRow, listFields, lockFields } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

const checkEnabled = ({ server }: Context) => {
  if (!server.settings().FeatureFlags.CustomProfileAttributes) throw new Fault('attributes.off')
}

export const maySeeFields = (context: Context): void => checkEnabled(context)

/** All fields, locked until the transaction ends. */
export const mayManageFields = async (context: Context): Promise<FieldRow[]> => {
  checkEnabled(context)
  if (!context.actor.can('manage_system')) throw forbidden()
  await lockFields(context.db)
  return await listFields(context.db)
}

export const mayManageField = async (
  context: Context,
  { params }: { params: { field_id: string } },
): Promise<{ field: FieldRow; all: FieldRow[] }> => {
  const all = await mayManageFields(context)
  const field = all.find((each) => each.id === params.field_id)
  if (!field) throw new Fault('attributes.not_found')
  return { field, all }
}

type AboutUser = { params: { user_id: string } }

export const maySeeValues = async (context: Context, { params }: AboutUser): Promise<string> => {
  checkEnabled(context)
  return (await maySeeUser(context, { params })).id
}

export const maySetOwn = (context: Context): string => {
  checkEnabled(context)
  return context.actor.userId
}

export const maySetOfUser = async (context: Context, input: AboutUser): Promise<string> => {
  const userId = await mayActFor(context, input)
  return await maySeeValues(context, { params: { user_id: userId } })
}
