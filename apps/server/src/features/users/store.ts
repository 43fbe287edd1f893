import type { Db, Row } from '../../core/db.ts'

export type UserRow = Row<
  'users',
  { timezone: Record<string, string>; notify_props: Record<string, string>; props: Record<string, string> }
>

export const insertUser = (db: Db, user: UserRow) =>
  db.run(
    `insert into users (id, create_at, update_at, username, email, email_verified, nickname, first_name, last_name, position,
       roles, locale, timezone, notify_props, props, last_picture_update, is_bot, last_password_update)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      user.id,
      user.create_at,
      user.username,
      user.email,
      user.email_verified,
      user.nickname,
      user.first_name,
      user.last_name,
      user.position,
      user.roles,
      user.locale,
      user.timezone,
      user.notify_props,
      user.props,
      user.last_picture_update,
      user.is_bot,
      user.last_password_update,
    ],
  )

export const updateUser = (db: Db, user: UserRow) =>
  db.run(
    `update users set update_at = $2, delete_at = $3, username = $4, nickname = $5, first_name = $6, last_name = $7, position = $8,
       roles = $9, locale = $10, timezone = $11, notify_props = $12, props = $13, email = $14, email_verified = $15,
       mfa_active = $16, terms_of_service_id = $17, terms_of_service_create_at = $18, last_picture_update = $19
     where id = $1`,
    [
      user.id,
      user.update_at,
      user.delete_at,
      user.username,
      user.nickname,
      user.first_name,
      user.last_name,
      user.position,
      user.roles,
      user.locale,
      user.timezone,
      user.notify_props,
      user.props,
      user.email,
      user.email_verified,
      user.mfa_active,
      user.terms_of_service_id,
      user.terms_of_service_create_at,
      user.last_picture_update,
    ],
  )

export const setPasswordTime = (db: Db, id: string, at: number) =>
  db.run('update users set last_password_update = $2 where id = $1', [id, at])

/** Whom a person meets in a channel or a conversation. */
export const findKnown = async (db: Db, id: string): Promise<string[]> =>
  (
    await db.rows<{ user_id: string }>(
      `select distinct other.user_id from channel_members mine join channel_members other using (channel_id)
       where mine.user_id = $1 and other.user_id <> $1`,
      [id],
    )
  ).map((row) => row.user_id)

/** Those of these people who share a channel with somebody, and that one. */
export const findMet = async (db: Db, viewerId: string, ids: readonly string[]): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select u.id from unnest($2::text[]) with ordinality as u (id, place) where u.id = $1 or exists (
         select from channel_members mine join channel_members theirs using (channel_id)
         where mine.user_id = $1 and theirs.user_id = u.id)
       order by place`,
      [viewerId, ids],
    )
  ).map((row) => row.id)

export const activeGuests = async (db: Db, limit: number): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select id from users where roles like '%system_guest%' and delete_at = 0 order by id limit $1`,
      [limit],
    )
  ).map((row) => row.id)

/** Guests who meet a person in a channel. */
export const findGuestsBeside = async (db: Db, id: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select g.id from users g where g.roles like '%system_guest%' and g.delete_at = 0 and g.id <> $1
         and exists (select from channel_members mine join channel_members theirs using (channel_id)
           where mine.user_id = $1 and theirs.user_id = g.id)`,
      [id],
    )
  ).map((row) => row.id)

export const findUsers = (db: Db, ids: readonly string[]) =>
  db.rows<UserRow>('select * from users where id = any($1::text[])', [ids])

/** The row, locked until the transaction ends, so that two changes to one account follow each other. */
export const lockUser = (db: Db, id: string) =>
  db.row<UserRow>('select * from users where id = $1 for update', [id])

export const findByUsernames = (db: Db, usernames: readonly string[]) =>
  db.rows<UserRow>('select * from users where username = any($1::text[])', [usernames])

export const findByEmail = (db: Db, email: string) =>
  db.row<UserRow>('select * from users where email = $1', [email])

/** By username or e-mail address, whichever is asked for; a username cannot contain an @, so the two never meet. */
export const findByLogin = (db: Db, login: string, byUsername: boolean, byEmail: boolean) =>
  db.row<UserRow>(`select * from users where ($2 and username = $1) or ($3 and email = $1)`, [
    login,
    byUsername,
    byEmail,
  ])

export const findChanged = (db: Db, ids: readonly string[], since: number) =>
  db.rows<UserRow>('select * from users where id = any($1::text[]) and update_at > $2', [ids, since])

export type UserFilter = {
  in_team: string
  not_in_team: string
  in_channel: string
  not_in_channel: string
  /** Only active, only deactivated, or both. */
  state: 'active' | 'inactive' | 'all'
  role: string
  /** Only whom this person meets in a channel; '' for everybody. */
  met_by: string
  /** Prefixes of names; '' for no filter. Names that are not shown are not searched, or a search would show them. */
  term: string
  byFullName: boolean
  order: 'username' | 'create_at'
}

const like = (term: string) => `${term.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** People that a filter leaves, `limit` of them from `offset` on. */
export const listUsers = (db: Db, filter: UserFilter, limit: number, offset: number) =>
  db.rows<UserRow>(
    `select u.* from users u
     where ($1 = '' or exists (select from team_members m where m.team_id = $1 and m.user_id = u.id))
       and ($2 = '' or not exists (select from team_members m where m.team_id = $2 and m.user_id = u.id))
       and ($3 = '' or exists (select from channel_members m where m.channel_id = $3 and m.user_id = u.id))
       and ($4 = '' or not exists (select from channel_members m where m.channel_id = $4 and m.user_id = u.id))
       and ($5 = 'all' or (u.delete_at = 0) = ($5 = 'active'))
       and ($6 = '' or $6 = any(string_to_array(u.roles, ' ')))
       and ($7 = '%' or u.username like $7 or lower(u.nickname) like $7 or ($11 and (lower(u.first_name) like $7
         or lower(u.last_name) like $7 or lower(u.first_name || ' ' || u.last_name) like $7)))
       and ($12 = '' or u.id = $12 or exists (select from channel_members mine join channel_members theirs using (channel_id)
         where mine.user_id = $12 and theirs.user_id = u.id))
     order by case when $8 = 'create_at' then -u.create_at else 0 end, u.username
     limit $9 offset $10`,
    [
      filter.in_team,
      filter.not_in_team,
      filter.in_channel,
      filter.not_in_channel,
      filter.state,
      filter.role,
      like(filter.term),
      filter.order,
      limit,
      offset,
      filter.byFullName,
      filter.met_by,
    ],
  )

export const hasNoUsers = async (db: Db) =>
  (await db.row('select from users where not is_bot limit 1')) === undefined

export const countActive = async (db: Db) =>
  (await db.row<{ n: number }>('select count(*) as n from users where delete_at = 0 and not is_bot'))?.n ?? 0

export const countAdmins = async (db: Db) =>
  (
    await db.row<{ n: number }>(
      `select count(*) as n from users where delete_at = 0 and 'system_admin' = any(string_to_array(roles, ' '))`,
    )
  )?.n ?? 0

/** Only one transaction at a time passes here; held until it ends. */
export const lockAccounts = (db: Db) =>
  db.run(`select pg_advisory_xact_lock(hashtext('plausch'), hashtext('accounts'))`)
