import type { InputOf, passwords } from '@plausch/wire'
import { type Context, change as transaction } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import { endOthers, forgetAllAttempts, provenUser, rememberBrowser } from '../sessions/index.ts'
import { endAccess, endLinks, findUsers, lockAccount, notePassword, type UserRow } from '../users/index.ts'
import { passwordChanged } from './events.ts'
import { checkPassword, hashPassword, inTurn } from './hashes.ts'
import { saveCredential } from './store.ts'

/**
 * Checks a password against the settings and hashes it. Call it before taking locks, because hashing is slow
 * on purpose.
 */
export const hashedPassword = async ({ request, server }: Context, password: string): Promise<string> => {
  await checkPassword(server, password)
  return await inTurn(request.ip, () => hashPassword(password))
}

/**
 * Stores the hash of a password. The caller checks the permission, and ends the access that the old one gave.
 */
export const savePassword = async (context: Context, userId: string, hash: string): Promise<void> => {
  await saveCredential(context.db, userId, hash, context.now)
  await notePassword(context, userId)
}

/**
 * Sets a password without proof of the old one: unlocks the account, and ends everything that gave access
 * before.
 */
export const resetPassword = async (context: Context, user: UserRow, hash: string): Promise<void> => {
  await savePassword(context, user.id, hash)
  await forgetAllAttempts(context.db, user.id)
  await endAccess(context, user.id)
}

/**
 * Sets the actor's own new password: ends links, and the other sessions if the settings say so. Personal
 * tokens stay.
 */
const renewPassword = async (context: Context, user: UserRow, proven: UserRow, hash: string) => {
  // Proving and hashing take time: the proven password may no longer be the current one.
  if (user.last_password_update !== proven.last_password_update)
    throw new Fault('api.user.update_password.incorrect.app_error')
  await savePassword(context, user.id, hash)
  await endLinks(context, user.id)
  const [now = user] = await findUsers(context.db, [user.id])
  await rememberBrowser(context, now)
  if (context.server.settings().ServiceSettings.TerminateSessionsOnPasswordChange)
    await endOthers(context, user.id)
}

/** Accounts of other ways have no password here. */
const refuseOthers = ({ auth_service }: UserRow): void => {
  if (auth_service !== '')
    throw new Fault('api.user.update_password.oauth.app_error', { service: auth_service })
}

/**
 * To change their own password, people must know the old one; wrong ones are counted. The change is a
 * separate transaction after the hashing.
 */
export const change = async (
  context: Context,
  { body }: InputOf<typeof passwords.change>,
  account: UserRow,
) => {
  const { actor, head, request, server } = context
  const { id } = account
  refuseOthers(account)
  const proven = id === actor.userId ? await provenUser(context, id, body.current_password ?? '') : undefined
  const hash = await hashedPassword(context, body.new_password)
  await transaction(server, { actor, request, head }, async (inner) => {
    const user = await lockAccount(inner, id)
    refuseOthers(user)
    if (proven) await renewPassword(inner, user, proven, hash)
    else await resetPassword(inner, user, hash)
    await record(inner, '/users/newpassword', `completed user=${id}`)
    await inner.emit(passwordChanged, { user_id: id })
  })
  return { status: 'OK' as const }
}
