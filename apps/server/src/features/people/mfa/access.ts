import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers, isOneself, lockAccount, refuseAbove, type UserRow } from '../users/index.ts'

type AboutUser = { params: { user_id: string } }

const forbidden = () => new Fault('api.context.permissions.app_error')

/**
 * Never with a personal token: otherwise a stolen token could change the second factor and take the account
 * over for good.
 */
const isSignedInSelf = ({ actor }: Context) => actor.session !== null && actor.session.csrf !== ''

/** For oneself only, because the person who creates the secret knows it. */
export const mayMakeSecret = async (context: Context, input: AboutUser): Promise<UserRow> => {
  const userId = isOneself(context, input)
  if (!isSignedInSelf(context)) throw forbidden()
  if (!context.server.settings().ServiceSettings.EnableMultifactorAuthentication)
    throw new Fault('mfa.mfa_disabled.app_error')
  return await lockAccount(context, userId)
}

/** For oneself. Administrators can only switch the factor of others off. */
export const maySetFactor = async (
  context: Context,
  input: AboutUser & { body: { activate: boolean } },
): Promise<UserRow> => {
  if (input.body.activate) return await mayMakeSecret(context, input)
  const { actor, db } = context
  const isOwn = input.params.user_id === actor.userId
  if (isOwn ? !isSignedInSelf(context) : !actor.can('edit_other_users')) throw forbidden()
  const [user] = await findUsers(db, [input.params.user_id])
  if (!user) throw new Fault('users.not_found')
  refuseAbove(context, user)
  return user
}
