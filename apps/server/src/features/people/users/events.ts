import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'
import { fullUser, publicUser } from './records.ts'
import { findGuestsBeside, type UserRow } from './store.ts'

/** An account was created, or something that others see of it changed. */
export const userCreated = fact<{ user: UserRow }>('user.created')
export const userUpdated = fact<{ user: UserRow; before: UserRow }>('user.updated')
/**
 * Links that were sent for an account (for setting a password, verifying an address, signing an app in) are
 * no longer valid.
 */
export const linksEnded = fact<{ user_id: string }>('user.links_ended')
/**
 * Everything that gives access to an account, or that it created before, is no longer valid: sessions,
 * personal tokens, invitations and links.
 */
export const accessEnded = fact<{ user_id: string }>('user.access_ended')
/** The account was deactivated; `accessEnded` is told as well. */
export const userDeactivated = fact<{ user_id: string }>('user.deactivated')
export const userActivated = fact<{ user_id: string }>('user.activated')
/** A person wants a new address, which must be verified before it is theirs. */
export const emailWanted = fact<{ user: UserRow; email: string }>('user.email_wanted')
/** A member became a guest, or a guest a member: their memberships in teams and channels must follow. */
export const guestChanged = fact<{ user_id: string; is_guest: boolean }>('user.guest_changed')
/** The server has something to say to a person: the system bot writes it to them. */
export const userAddressed = fact<{ user_id: string; message: string }>('user.addressed')
/** Roles on the server changed: cached rights of the person are outdated. */
export const userRolesChanged = fact<{ user_id: string; roles: string }>('user.roles_changed')

/**
 * Sends three versions, because three kinds of readers may see different parts. Guests get theirs only about
 * people whom they meet in a channel.
 */
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

/** Guests get no event, because they share no channel with a new person. */
export const announceNew = (context: Context, user: UserRow): void =>
  context.publish('new_user', { user_id: user.id }, { everyone: true, omitGuests: true })

export const announceGuestsGone = (context: Context): void =>
  context.publish('guests_deactivated', {}, { everyone: true })

export const announceRoles = (context: Context, userId: string, roles: string): void =>
  context.publish('user_role_updated', { user_id: userId, roles }, { users: [userId] })
