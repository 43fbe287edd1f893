import { defaultAccountNotifyProps, defaultTimezone, type User } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { helpDeskOf } from '../../../core/help-desk.ts'
import { newId } from '../../../core/ids.ts'
import { announceNew, userCreated } from './events.ts'
import { shownUser } from './records.ts'
import { checkEmail, checkLocale, checkMap, checkUsername } from './rules.ts'
import { countActive, findKnown, insertUser, lockAccounts, type UserRow } from './store.ts'

export type NewAccount = {
  username: string
  email: string
  roles: string
  nickname?: string
  first_name?: string
  last_name?: string
  position?: string
  locale?: string
  timezone?: Record<string, string>
  notify_props?: Record<string, string>
  is_bot?: boolean
  /** The way to sign in and the stable id that it knows the person by; without them, a password. */
  identity?: { auth_service: string; auth_data: string }
  /** The person has already proven that they read the address (by an invitation). */
  email_verified?: boolean
}

/** Was somebody refused because all seats are taken? */
export const isLimit = ({ code }: Fault): boolean => code === 'users.limit' || code === 'users.limit_ask'

export const checkLimit = async ({ server, db }: Context) => {
  const settings = server.settings()
  const max = settings.PlauschSettings.MaxActiveUsers
  if (max === 0 || (await countActive(db)) < max) return
  const desk = helpDeskOf(settings)
  throw desk === '' ? new Fault('users.limit', { max }) : new Fault('users.limit_ask', { max, desk })
}

/**
 * Creates an account; the caller checks the permission. Accounts are created one after the other, so that
 * limits are exact.
 */
export const createAccount = async (context: Context, account: NewAccount): Promise<UserRow> => {
  const { db, now, server } = context
  await lockAccounts(db)
  if (!account.is_bot) await checkLimit(context)
  const user: UserRow = {
    id: newId(now),
    create_at: now,
    update_at: now,
    delete_at: 0,
    username: checkUsername(account.username),
    email: checkEmail(account.email),
    email_verified: account.email_verified ?? false,
    auth_service: account.identity?.auth_service ?? '',
    auth_data: account.identity?.auth_data ?? '',
    nickname: account.nickname ?? '',
    first_name: account.first_name ?? '',
    last_name: account.last_name ?? '',
    position: account.position ?? '',
    roles: account.roles,
    locale: checkLocale(account.locale || server.settings().LocalizationSettings.DefaultClientLocale),
    timezone: checkMap('timezone', { ...defaultTimezone, ...account.timezone }),
    notify_props: checkMap('notify_props', { ...defaultAccountNotifyProps, ...account.notify_props }),
    props: {},
    last_picture_update: 0,
    is_bot: account.is_bot ?? false,
    last_password_update: now,
    mfa_active: false,
    terms_of_service_id: '',
    terms_of_service_create_at: 0,
    generation: 0,
    link_generation: 0,
  }
  await insertUser(db, user)
  await context.emit(userCreated, { user })
  announceNew(context, user)
  return user
}

export const getUser = (context: Context, _input: unknown, user: UserRow): User => shownUser(context, user)

export const known = ({ db, actor }: Context): Promise<string[]> => findKnown(db, actor.userId)

export const stats = async ({ db }: Context) => ({ total_users_count: await countActive(db) })
