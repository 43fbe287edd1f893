import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'
import { fullUser, publicUser } from './records.ts'
import { findGuestsBeside, type UserRow } from './store.ts'

/** An account was created, or something that others see of it changed. */
export const userCreated = fact<{ user: UserRow }>('user.created')
export const userUpdated = fact<{ user: UserRow; before: UserRow }>('user.updated')
/** Links that were made for an account (to set a password, to prove an address, to sign an app in) work no more. */
export const linksEnded = fact<{ user_id: string }>('user.links_ended')
/** Whatever was made for an account or by it before works no more: sessions, personal tokens, invitations, besides links. */
export const accessEnded = fact<{ user_id: string }>('user.access_ended')
/** The account may not be used any more; `accessEnded` is told as well. */
export const userDeactivated = fact<{ user_id: string }>('user.deactivated')
export const userActivated = fact<{ user_id: string }>('user.activated')
/** Somebody wants another address, which must be proven before it is theirs. */
export const emailWanted = fact<{ user: UserRow; email: string }>('user.email_wanted')
/** A member became a guest or a guest a member: what they are in teams and channels follows. */
export const guestChanged = fact<{ user_id: string; is_guest: boolean }>('user.guest_changed')
/** System roles changed: what is cached of the person's rights is void. */
export const userRolesChanged = fact<{ user_id: string; roles: string }>('user.roles_changed')

/** Three copies, since the three kinds of reader may see different parts. Guests get theirs only of whom they meet in a channel. */
export const announceUser = async (context: Context, user: UserRow): Promise<void> => {
  const { server } = context
  const data = { user: publicUser(server, user) }
  context.publish('user_updated', data, {
    everyone: true,
    admins: false,
    omitGuests: true,
    omitUsers: [user.id],
  })
  context.publish(
    'user_updated',
    { user: fullUser(user) },
    { everyone: true, admins: true, omitUsers: [user.id] },
  )
  context.publish('user_updated', { user: fullUser(user) }, { users: [user.id] })
  const guests = await findGuestsBeside(context.db, user.id)
  if (guests.length > 0) context.publish('user_updated', data, { users: guests })
}

/** Not to guests: they share no channel with who is new. */
export const announceNew = (context: Context, user: UserRow): void =>
  context.publish('new_user', { user_id: user.id }, { everyone: true, omitGuests: true })

export const announceGuestsGone = (context: Context): void =>
  context.publish('guests_deactivated', {}, { everyone: true })

export const announceRoles = (context: Context, userId: string, roles: string): void =>
  context.publish('user_role_updated', { user_id: userId, roles }, { users: [userId] })
