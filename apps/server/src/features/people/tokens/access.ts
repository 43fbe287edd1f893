import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { mayActFor } from '../users/index.ts'
import { findTokenById, type TokenRow } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/**
 * For oneself with the permission, for others as an administrator. Never with a token itself, because the new
 * one could outlive its revocation.
 */
export const mayCreateToken = async (
  context: Context,
  input: { params: { user_id: string } },
): Promise<string> => {
  const { actor, server } = context
  const userId = await mayActFor(context, input)
  if (!actor.can('create_user_access_token') || actor.session?.isToken) throw forbidden()
  if (userId !== actor.userId && !actor.can('manage_system')) throw forbidden()
  const { PlauschSettings, ServiceSettings } = server.settings()
  if (!ServiceSettings.EnableUserAccessTokens) throw new Fault('tokens.disabled')
  // The owner of a token can write in the name of its person, so administrators may create one for others
  // only if the operator allows it.
  if (userId !== actor.userId && !PlauschSettings.AdministratorsMayCreateTokensForOthers)
    throw new Fault('tokens.for_others')
  return userId
}

export const mayListTokens = async (
  context: Context,
  input: { params: { user_id: string } },
): Promise<string> => {
  const userId = await mayActFor(context, input)
  if (!context.actor.can('read_user_access_token')) throw forbidden()
  return userId
}

export const mayRevokeToken = async (
  { actor, db }: Context,
  { body }: { body: { token_id: string } },
): Promise<TokenRow> => {
  if (!actor.can('revoke_user_access_token')) throw forbidden()
  const token = await findTokenById(db, body.token_id)
  if (!token || (token.user_id !== actor.userId && !actor.can('manage_system')))
    throw new Fault('tokens.not_found')
  return token
}
