import type { InputOf, User, users } from '@plausch/wire'
import { openCache } from '../../core/cache.ts'
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { newId } from '../../core/ids.ts'
import { perServer, type Server } from '../../core/server.ts'
import { seenPeople, viewerOf } from './access.ts'
import { announceNew, userCreated } from './events.ts'
import { shownUser } from './records.ts'
import {
  checkEmail,
  checkLocale,
  checkMap,
  checkUsername,
  defaultNotifyProps,
  defaultTimezone,
} from './rules.ts'
import {
  countActive,
  findByUsernames,
  findChanged,
  findKnown,
  findUsers,
  insertUser,
  listUsers,
  lockAccounts,
  type UserFilter,
  type UserRow,
} from './store.ts'

/** Names of people are needed for every post: the accounts last used are kept, and forgotten when they change. */
const cacheOf = perServer(() => openCache<UserRow>(20_000))

/** At the commit of what changed an account. */
export const forgetUser = (context: Context, id: string): void =>
  context.committed(() => cacheOf(context.server).forget(id))

/** Accounts by id from memory where possible, as they were last committed; unknown ids are left out. */
export const usersByIds = (server: Server, ids: readonly string[]): Promise<UserRow[]> =>
  cacheOf(server).loadAll(
    ids,
    async (missing) => new Map((await findUsers(server.db, missing)).map((row) => [row.id, row])),
  )

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
  /** Whoever signs up has proven that they read the address. */
  email_verified?: boolean
}

export const checkLimit = async ({ server, db }: Context) => {
  const max = server.settings().PlauschSettings.MaxActiveUsers
  if (max > 0 && (await countActive(db)) >= max) throw new Fault('users.limit', { max })
}

/** Creates an account; who may is decided by the caller. Accounts are made one after the other, so that limits hold exactly. */
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
    auth_service: '',
    auth_data: '',
    nickname: account.nickname ?? '',
    first_name: account.first_name ?? '',
    last_name: account.last_name ?? '',
    position: account.position ?? '',
    roles: account.roles,
    locale: checkLocale(account.locale || server.settings().LocalizationSettings.DefaultClientLocale),
    timezone: checkMap('timezone', { ...defaultTimezone, ...account.timezone }),
    notify_props: checkMap('notify_props', { ...defaultNotifyProps, ...account.notify_props }),
    props: {},
    last_picture_update: 0,
    is_bot: account.is_bot ?? false,
    last_password_update: now,
    mfa_active: false,
    terms_of_service_id: '',
    terms_of_service_create_at: 0,
  }
  await insertUser(db, user)
  await context.emit(userCreated, { user })
  announceNew(context, user)
  return user
}

export const getUser = (context: Context, _input: unknown, user: UserRow): User => shownUser(context, user)

export const listAll = async (context: Context, { query }: InputOf<typeof users.list>): Promise<User[]> => {
  const filter: UserFilter = {
    ...query,
    state: query.active ? 'active' : query.inactive ? 'inactive' : 'all',
    met_by: viewerOf(context),
    term: '',
    byFullName: false,
    order: query.sort === 'create_at' ? 'create_at' : 'username',
  }
  const page = Math.max(query.page, 0)
  const rows = await listUsers(context.db, filter, query.per_page, page * query.per_page)
  return rows.map((row) => shownUser(context, row))
}

export const listByIds = async (
  context: Context,
  { query, body }: InputOf<typeof users.listByIds>,
): Promise<User[]> => {
  const rows =
    query.since > 0
      ? await findChanged(context.db, body, query.since)
      : await usersByIds(context.server, body)
  return (await seenPeople(context, rows)).map((row) => shownUser(context, row))
}

export const listByUsernames = async (context: Context, { body }: InputOf<typeof users.listByUsernames>) => {
  const rows = await findByUsernames(
    context.db,
    body.map((name) => name.toLowerCase()),
  )
  return (await seenPeople(context, rows)).map((row) => shownUser(context, row))
}

const seesFullNames = ({ actor, server }: Context) =>
  server.settings().PrivacySettings.ShowFullName || actor.can('manage_system')

export const search = async (context: Context, { body }: InputOf<typeof users.search>): Promise<User[]> => {
  const filter: UserFilter = {
    in_team: body.team_id ?? '',
    not_in_team: '',
    in_channel: body.in_channel_id ?? '',
    not_in_channel: body.not_in_channel_id ?? '',
    state: body.allow_inactive ? 'all' : 'active',
    role: '',
    met_by: viewerOf(context),
    term: body.term.replace(/^@/, ''),
    byFullName: seesFullNames(context),
    order: 'username',
  }
  const limit = Math.min(Math.max(body.limit ?? 100, 1), 1000)
  const rows = await listUsers(context.db, filter, limit, 0)
  return rows.map((row) => shownUser(context, row))
}

export const autocomplete = async (context: Context, { query }: InputOf<typeof users.autocomplete>) => {
  const filter: UserFilter = {
    in_team: query.in_team,
    not_in_team: '',
    in_channel: query.in_channel,
    not_in_channel: '',
    state: 'active',
    role: '',
    met_by: viewerOf(context),
    term: query.name.replace(/^@/, ''),
    byFullName: seesFullNames(context),
    order: 'username',
  }
  const show = (rows: UserRow[]) => rows.map((row) => shownUser(context, row))
  const inside = show(await listUsers(context.db, filter, query.limit, 0))
  if (query.in_channel === '') return { users: inside }
  const others: UserFilter = { ...filter, in_channel: '', not_in_channel: query.in_channel }
  return { users: inside, out_of_channel: show(await listUsers(context.db, others, query.limit, 0)) }
}

export const known = ({ db, actor }: Context): Promise<string[]> => findKnown(db, actor.userId)

export const stats = async ({ db }: Context) => ({ total_users_count: await countActive(db) })
