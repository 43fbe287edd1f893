import type { Db, Row } from '../../../core/db.ts'

/** `forms` is computed by the database: the search forms of the names. */
export type UserRow = Omit<
  Row<
    'users',
    { timezone: Record<string, string>; notify_props: Record<string, string>; props: Record<string, string> }
  >,
  'forms'
>

export const insertUser = (db: Db, user: UserRow) =>
  db.run(
    `insert into users (id, create_at, update_at, username, email, email_verified, nickname, first_name, last_name, position,
       roles, locale, timezone, notify_props, props, last_picture_update, is_bot, last_password_update,
       auth_service, auth_data)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
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
      user.auth_service,
      user.auth_data,
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

/** Sets the way to sign in of an account and the id that it has there. */
export const setIdentity = (db: Db, id: string, service: string, data: string) =>
  db.run('update users set auth_service = $2, auth_data = $3 where id = $1', [id, service, data])

/** The same for many accounts of one way. */
export const saveIdentities = (db: Db, service: string, ids: readonly string[], data: readonly string[]) =>
  db.run(
    `update users u set auth_service = $1, auth_data = t.data
     from unnest($2::text[], $3::text[]) as t (id, data) where u.id = t.id`,
    [service, ids, data],
  )

export const findByIdentity = (db: Db, service: string, data: string) =>
  // The last part lets the statement use the index of identities.
  db.row<UserRow>(`select * from users where auth_service = $1 and auth_data = $2 and auth_service <> ''`, [
    service,
    data,
  ])

/** Increases the generations of an account: that of its links, and with `all` that of everything. */
export const moveGeneration = (db: Db, id: string, all: boolean) =>
  db.run(
    `update users set link_generation = link_generation + 1, generation = generation + case when $2 then 1 else 0 end
     where id = $1`,
    [id, all],
  )

export const setPasswordTime = (db: Db, id: string, at: number) =>
  db.run('update users set last_password_update = greatest($2, last_password_update + 1) where id = $1', [
    id,
    at,
  ])

/** The people whom a person meets in a channel or a conversation. */
export const findKnown = async (db: Db, id: string): Promise<string[]> =>
  (
    await db.rows<{ user_id: string }>(
      `select distinct other.user_id from channel_members mine join channel_members other using (channel_id)
       where mine.user_id = $1 and other.user_id <> $1`,
      [id],
    )
  ).map((row) => row.user_id)

/** Those of the people who share a channel with the viewer, and the viewer. */
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

/** The row, locked until the transaction ends, so that changes to one account happen one after the other. */
export const lockUser = (db: Db, id: string) =>
  db.row<UserRow>('select * from users where id = $1 for update', [id])

export const findByUsernames = (db: Db, usernames: readonly string[]) =>
  db.rows<UserRow>('select * from users where username = any($1::text[])', [usernames])

export const findByEmail = (db: Db, email: string) =>
  db.row<UserRow>('select * from users where email = $1', [email])

/**
 * By username or e-mail address, whichever the caller asks for. A username cannot contain an @, so the two
 * never collide.
 */
export const findByLogin = (db: Db, login: string, byUsername: boolean, byEmail: boolean) =>
  db.row<UserRow>(`select * from users where ($2 and username = $1) or ($3 and email = $1)`, [
    login,
    byUsername,
    byEmail,
  ])

export const findChanged = (db: Db, ids: readonly string[], since: number) =>
  db.rows<UserRow>('select * from users where id = any($1::text[]) and update_at > $2', [ids, since])

export const hasNoUsers = async (db: Db) =>
  (await db.row('select from users where not is_bot limit 1')) === undefined

export const countActive = async (db: Db) =>
  (await db.row<{ n: number }>('select count(*) as n from users where delete_at = 0 and not is_bot'))?.n ?? 0

export const countAdmins = async (db: Db) =>
  (
    await db.row<{ n: number }>(
      `select count(*) as n from users where delete_at = 0 and roles like '%system_admin%'
         and 'system_admin' = any(string_to_array(roles, ' '))`,
    )
  )?.n ?? 0

/** Lets only one transaction continue at a time, until it ends. */
export const lockAccounts = (db: Db) =>
  db.run(`select pg_advisory_xact_lock(hashtext('plausch'), hashtext('accounts'))`)

/** The time zone of an account `u`, set by hand or reported by its client; '' or null for none. */
export const timezoneSql = `case when u.timezone ->> 'useAutomaticTimezone' = 'false' then u.timezone ->> 'manualTimezone'
  else u.timezone ->> 'automaticTimezone' end`

/** Which of the names an account or a group has. */
export const takenNames = async (db: Db, usernames: readonly string[]): Promise<Set<string>> => {
  const rows = await db.rows<{ username: string }>(
    `select username from users where username = any($1::text[])
     union select name as username from groups where name = any($1::text[])`,
    [usernames],
  )
  return new Set(rows.map(({ username }) => username))
}
