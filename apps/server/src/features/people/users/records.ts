/** The records of accounts, and who sees which part. */
import { User } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import type { UserRow } from './store.ts'

const constants = { auth_data: '', disable_welcome_email: false, allow_marketing: false, remote_id: '' }

/**
 * The columns that the contract names. Nobody sees the other ones (generations, search forms of names), nor
 * columns that are added later.
 */
const columns = Object.keys(User.properties).filter((name) => !(name in constants)) as (keyof UserRow)[]

const base = (row: UserRow): User => {
  const shown: Record<string, unknown> = {}
  for (const name of columns) if (name in row) shown[name] = row[name]
  return Object.assign(shown, constants) as User
}

/** The account as its owner and administrators see it. */
export const fullUser = base

/**
 * The account as others see it: without notification and security data, and with names and address only if
 * the privacy settings show them.
 */
export const publicUser = (server: Server, row: UserRow): User => {
  const { ShowEmailAddress, ShowFullName } = server.settings().PrivacySettings
  return {
    ...base(row),
    notify_props: {},
    email_verified: false,
    auth_service: '',
    mfa_active: false,
    last_password_update: 0,
    terms_of_service_id: '',
    terms_of_service_create_at: 0,
    email: ShowEmailAddress ? row.email : '',
    first_name: ShowFullName ? row.first_name : '',
    last_name: ShowFullName ? row.last_name : '',
  }
}

/** The account as the actor may see it. */
export const shownUser = ({ server, actor }: Context, row: UserRow): User =>
  row.id === actor.userId || actor.can('manage_system') ? fullUser(row) : publicUser(server, row)
