import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isOneself, lockAccount, type UserRow } from '../users/index.ts'
import { findLatest, type TermsRow } from './store.ts'

const checkOn = ({ server }: Context) => {
  if (!server.settings().SupportSettings.CustomTermsOfServiceEnabled) throw new Fault('terms.off')
}

/** Everybody who is signed in may read what they must accept. */
export const mayReadTerms = async (context: Context): Promise<TermsRow> => {
  checkOn(context)
  const latest = await findLatest(context.db)
  if (!latest) throw new Fault('terms.not_found')
  return latest
}

/** Also while the setting is off, because the terms must exist before people see them. */
export const mayWriteTerms = ({ actor }: Context): void => {
  if (!actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
}

/** Nobody accepts for somebody else. */
export const mayConfirm = async (
  context: Context,
  input: { params: { user_id: string } },
): Promise<UserRow> => {
  const userId = isOneself(context, input)
  checkOn(context)
  return await lockAccount(context, userId)
}

export const maySeeConfirmed = async (
  context: Context,
  input: { params: { user_id: string } },
): Promise<UserRow> => {
  const userId = isOneself(context, input)
  return await lockAccount(context, userId)
}
