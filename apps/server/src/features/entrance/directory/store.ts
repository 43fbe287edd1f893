/** The tables whose names begin with `directory_`. */
import type { Db, Row } from '../../../core/db.ts'
import type { UserRow } from '../../people/users/index.ts'
import type { Files } from './target.ts'

export type FileName = keyof Files

export const findFiles = async (db: Db): Promise<Files> => {
  const rows = await db.rows<{ name: FileName; content: string }>('select name, content from directory_files')
  const files: Files = { certificate: '', key: '' }
  for (const { name, content } of rows) files[name] = content
  return files
}

export const saveFile = (db: Db, name: FileName, content: string) =>
  db.run(
    `insert into directory_files (name, content) values ($1, $2)
     on conflict (name) do update set content = excluded.content`,
    [name, content],
  )

export const deleteFile = (db: Db, name: FileName) =>
  db.run('delete from directory_files where name = $1', [name])

export type KeptRow = Row<'directory_people'>

/** What is kept about an account beside its id. */
export const findKept = (db: Db, userId: string) =>
  db.row<KeptRow>('select * from directory_people where user_id = $1', [userId])

/** Stores that the directory took an account out at this time, or (0) that it has not. */
export const saveDeactivated = (db: Db, userId: string, at: number) =>
  db.run(
    `insert into directory_people (user_id, deactivated_at) values ($1, $2)
     on conflict (user_id) do update set deactivated_at = excluded.deactivated_at, missing_since = 0`,
    [userId, at],
  )

/** An administrator who signs in without the directory. */
export const hasLocalAdmin = async (db: Db): Promise<boolean> =>
  (await db.row(
    `select from users u join credentials c on c.user_id = u.id
     where u.delete_at = 0 and u.auth_service = '' and 'system_admin' = any(string_to_array(u.roles, ' '))
       and u.roles like '%system_admin%' limit 1`,
  )) !== undefined

export type KeptAccount = UserRow & { deactivated_at: number; missing_since: number }

/** Accounts of the directory, with what is kept about them. */
export const listKept = (db: Db) =>
  db.rows<KeptAccount>(
    `select u.*, coalesce(k.deactivated_at, 0) as deactivated_at,
       coalesce(k.missing_since, 0) as missing_since
     from users u left join directory_people k on k.user_id = u.id where u.auth_service = 'ldap'`,
  )

/** Which of the addresses and names accounts have already, and which of the names groups. */
export const listTaken = (db: Db, emails: readonly string[], usernames: readonly string[]) =>
  db.rows<Pick<UserRow, 'id' | 'username' | 'email'>>(
    `select id, '' as username, email from users where email = any($1::text[])
     union all select id, username, '' as email from users where username = any($2::text[])
     union all select id, name as username, '' as email from groups where name = any($2::text[])`,
    [emails, usernames],
  )

/** Stores that people are missing since this time, or (0) that they are there. */
export const saveMissing = (db: Db, userIds: readonly string[], since: number) =>
  db.run(
    `insert into directory_people (user_id, missing_since) select t.id, $2 from unnest($1::text[]) as t (id)
     on conflict (user_id) do update set missing_since = excluded.missing_since`,
    [userIds, since],
  )

/** How many accounts passes have switched off since a time. */
export const countDeactivated = async (db: Db, since: number): Promise<number> =>
  (
    await db.row<{ n: number }>('select count(*) as n from directory_people where deactivated_at >= $1', [
      since,
    ])
  )?.n ?? 0

export type HeldRow = Row<'directory_held'>

export const listHeld = (db: Db) => db.rows<HeldRow>('select * from directory_held order by user_id')

/** Holds removals back; one that is held already stays with the job that held it first. */
export const saveHeld = (db: Db, rows: readonly Omit<HeldRow, 'release_id'>[]) =>
  db.run(
    `insert into directory_held (user_id, reason, triggers, job_id, held_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
     on conflict (user_id) do update set reason = excluded.reason, triggers = excluded.triggers`,
    [
      rows.map((row) => row.user_id),
      rows.map((row) => row.reason),
      rows.map((row) => row.triggers),
      rows.map((row) => row.job_id),
      rows.map((row) => row.held_at),
    ],
  )

/** Forgets what is held of these people. */
export const dropHeld = (db: Db, userIds: readonly string[]) =>
  db.run('delete from directory_held where user_id = any($1::text[])', [userIds])

/** A job lets these people go. */
export const releaseHeld = (db: Db, userIds: readonly string[], jobId: string) =>
  db.run('update directory_held set release_id = $2 where user_id = any($1::text[])', [userIds, jobId])

const active = 'delete_at = 0 and not is_bot order by id'

/** Active people who sign in this way; '' for passwords of this server. The others are found by an index. */
export const listByWay = (db: Db, service: string) =>
  service === ''
    ? db.rows<UserRow>(`select * from users where auth_service = '' and ${active}`)
    : db.rows<UserRow>(`select * from users where auth_service = $1 and auth_service <> '' and ${active}`, [
        service,
      ])

/** What an administrator has seen in the preview of moving accounts. */
export const findSeenMigration = (db: Db, userId: string) =>
  db.row<Row<'directory_migrations'>>('select * from directory_migrations where user_id = $1', [userId])

export const saveSeenMigration = (db: Db, userId: string, at: number, seen: string) =>
  db.run(
    `insert into directory_migrations (user_id, seen_at, seen) values ($1, $2, $3)
     on conflict (user_id) do update set seen_at = excluded.seen_at, seen = excluded.seen`,
    [userId, at, seen],
  )

/** Accounts of the directory. */
export const listAccounts = (db: Db) => db.rows<UserRow>(`select * from users where auth_service = 'ldap'`)

export type Identity = Pick<UserRow, 'id' | 'auth_data' | 'delete_at'> & { picture_digest: string | null }

/** The accounts of the directory by their ids there, or one of them. */
export const listIdentities = (db: Db, userId: string | null = null) =>
  db.rows<Identity>(
    `select u.id, u.auth_data, u.delete_at, k.picture_digest
     from users u left join directory_people k on k.user_id = u.id
     where u.auth_service = 'ldap' and ($1::text is null or u.id = $1)`,
    [userId],
  )

/**
 * Stores the digest of the picture that an account has from the directory; '' for none, null for not known.
 */
export const savePictureDigest = (db: Db, userId: string, digest: string | null) =>
  db.run(
    `insert into directory_people (user_id, picture_digest) values ($1, $2)
     on conflict (user_id) do update set picture_digest = excluded.picture_digest`,
    [userId, digest],
  )

export type HeldMember = Row<'directory_held_members'>

export const listHeldMembers = (db: Db) =>
  db.rows<HeldMember>('select * from directory_held_members order by place_id, user_id')

/** Holds removals back; one that is held already stays with the job that held it first. */
export const saveHeldMembers = (db: Db, rows: readonly Omit<HeldMember, 'release_id'>[]) =>
  db.run(
    `insert into directory_held_members (place_id, user_id, kind, job_id, held_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
     on conflict (place_id, user_id) do nothing`,
    [
      rows.map((row) => row.place_id),
      rows.map((row) => row.user_id),
      rows.map((row) => row.kind),
      rows.map((row) => row.job_id),
      rows.map((row) => row.held_at),
    ],
  )

type Membership = Pick<HeldMember, 'place_id' | 'user_id'>

const columns = (rows: readonly Membership[]) => [
  rows.map(({ place_id }) => place_id),
  rows.map(({ user_id }) => user_id),
]

/** Forgets what is held of these memberships. */
export const dropHeldMembers = (db: Db, rows: readonly Membership[]) =>
  db.run(
    `delete from directory_held_members h using unnest($1::text[], $2::text[]) as t (place_id, user_id)
     where h.place_id = t.place_id and h.user_id = t.user_id`,
    columns(rows),
  )

/** A job ends these memberships. */
export const releaseHeldMembers = (db: Db, rows: readonly Membership[], jobId: string) =>
  db.run(
    `update directory_held_members h set release_id = $3
     from unnest($1::text[], $2::text[]) as t (place_id, user_id)
     where h.place_id = t.place_id and h.user_id = t.user_id`,
    [...columns(rows), jobId],
  )

/** Remembers for a day that a pass ended these memberships, and forgets older ones. */
export const saveRemovals = async (
  db: Db,
  placeId: string,
  userIds: readonly string[],
  now: number,
  keptMs: number,
): Promise<void> => {
  await db.run('delete from directory_removals where removed_at < $1', [now - keptMs])
  await db.run(
    `insert into directory_removals (place_id, user_id, removed_at)
     select $1, t.id, $3 from unnest($2::text[]) as t (id)`,
    [placeId, userIds, now],
  )
}

/** How many memberships of each place, or group, passes have ended since a time. */
export const countRemovals = async (db: Db, since: number): Promise<Map<string, number>> =>
  new Map(
    (
      await db.rows<{ place_id: string; n: number }>(
        `select place_id, count(distinct user_id) as n from directory_removals
         where removed_at >= $1 group by place_id`,
        [since],
      )
    ).map(({ place_id, n }) => [place_id, n]),
  )

/**
 * What groups, teams and channels are called, by their ids; private places only for those who see everything
 * (`all`).
 */
export const listPlaceNames = async (
  db: Db,
  ids: readonly string[],
  all: boolean,
): Promise<Map<string, string>> =>
  new Map(
    (
      await db.rows<{ id: string; display_name: string }>(
        `select id, display_name from groups where id = any($1::text[])
         union all select id, display_name from teams where id = any($1::text[]) and ($2 or allow_open_invite)
         union all select c.id, c.display_name from channels c join teams t on t.id = c.team_id
           where c.id = any($1::text[]) and ($2 or (c.type = 'O' and t.allow_open_invite))`,
        [ids, all],
      )
    ).map(({ id, display_name }) => [id, display_name]),
  )

/** The linked groups of an account. */
export const groupsOfAccount = async (db: Db, userId: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select g.id from group_members m
       join groups g on g.id = m.group_id and g.source = 'ldap' and g.delete_at = 0
       where m.user_id = $1`,
      [userId],
    )
  ).map(({ id }) => id)
/** The id that a group has in the directory; undefined if it has none. */
export const findRemoteGroup = async (db: Db, groupId: string): Promise<string | undefined> =>
  (
    await db.row<{ remote_id: string | null }>(
      `select remote_id from groups where id = $1 and source = 'ldap'`,
      [groupId],
    )
  )?.remote_id ?? undefined
