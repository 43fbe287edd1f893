/** Turns members into guests and back. The fact tells teams and channels to change the memberships. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import { activate, changeRoles, keepAnAdmin } from './changes.ts'
import { guestChanged } from './events.ts'
import { isGuest } from './rules.ts'
import { activeGuests, lockAccounts, lockUser, type UserRow } from './store.ts'

/** The number of accounts that are deactivated in one transaction. */
const AT_ONCE = 100

export const demote = async (context: Context, _input: unknown, user: UserRow) => {
  if (isGuest(user)) throw new Fault('api.user.demote_user_to_guest.already_guest.app_error')
  await lockAccounts(context.db)
  await keepAnAdmin(context, user)
  await changeRoles(context, user, 'system_guest')
  await record(context, '/users/demote', `user=${user.id}`)
  await context.emit(guestChanged, { user_id: user.id, is_guest: true })
  return { status: 'OK' as const }
}

export const promote = async (context: Context, _input: unknown, user: UserRow) => {
  if (!isGuest(user)) throw new Fault('api.user.promote_guest_to_user.no_guest.app_error')
  await changeRoles(context, user, 'system_user')
  await record(context, '/users/promote', `user=${user.id}`)
  await context.emit(guestChanged, { user_id: user.id, is_guest: false })
  return { status: 'OK' as const }
}

/**
 * If guests are switched off, deactivates their accounts, a few at a time. Returns true when none are left.
 */
export const deactivateGuests = async (context: Context): Promise<boolean> => {
  const ids = await activeGuests(context.db, AT_ONCE)
  for (const id of ids) {
    const user = await lockUser(context.db, id)
    if (user) await activate(context, user, false)
  }
  return ids.length < AT_ONCE
}
