import type { Db, Row } from '../../../core/db.ts'
import type { UserRow } from '../users/index.ts'

export type SessionRow = Row<'sessions', { props: Record<string, string> }>

/** A session before it is stored; its generation will be that of its account. */
export type NewSession = Omit<SessionRow, 'generation'>

/** A session with the properties of its person that are needed to check requests. */
export type LiveSession = SessionRow & { roles: string; locale: string; user_delete_at: number }

export const findSessions = (db: Db, tokenHashes: readonly string[]) =>
  db.rows<LiveSession>(
    `select s.*, u.roles, u.locale, u.delete_at as user_delete_at from sessions s join users u on u.id = s.user_id
     where s.token_hash = any($1::text[]) and s.generation = u.generation`,
    [tokenHashes],
  )

/** The account as it was when its secret was proven. */
type ProvenAccount = Pick<UserRow, 'generation' | 'auth_service' | 'auth_data' | 'last_password_update'>

/**
 * Stores a session if its person is active and the account is still as it was when its secret was proven;
 * returns false otherwise. Waits for a change of it.
 */
export const insertSession = async (db: Db, session: NewSession, proven: ProvenAccount): Promise<boolean> => {
  const made = await db.run(
    `insert into sessions (id, token_hash, csrf, user_id, create_at, expires_at, last_activity_at, device_id,
       props, factor_at, proven_at, generation)
     select $1, $2, $3, u.id, $5, $6, $5, $7, $8, $9, $14, u.generation from users u
     where u.id = $4 and u.delete_at = 0 and u.generation = $10 and u.auth_service = $11 and u.auth_data = $12
       and u.last_password_update = $13 for share of u`,
    [
      session.id,
      session.token_hash,
      session.csrf,
      session.user_id,
      session.create_at,
      session.expires_at,
      session.device_id,
      session.props,
      session.factor_at,
      proven.generation,
      proven.auth_service,
      proven.auth_data,
      proven.last_password_update,
      session.proven_at,
    ],
  )
  return made === 1
}

export type Touch = Pick<SessionRow, 'id' | 'last_activity_at' | 'expires_at'>

/**
 * Stores the activity of sessions. In order, so that two transactions that change several wait for each other
 * instead of deadlocking.
 */
export const touchSessions = (db: Db, touches: readonly Touch[]) =>
  db.run(
    `with touched as (
       select t.* from unnest($1::text[], $2::bigint[], $3::bigint[]) as t (id, last_activity_at, expires_at)
       join sessions s on s.id = t.id order by t.id for update of s
     )
     update sessions s set last_activity_at = t.last_activity_at, expires_at = t.expires_at from touched t where s.id = t.id`,
    [
      touches.map(({ id }) => id),
      touches.map(({ last_activity_at }) => last_activity_at),
      touches.map(({ expires_at }) => expires_at),
    ],
  )

/** Stores that a second factor was proven in a session. */
export const setFactorTime = (db: Db, id: string, at: number) =>
  db.run('update sessions set factor_at = $2 where id = $1', [id, at])

/** The session of a device lasts `length` from now; one by a provider, from its beginning. */
export const setDevice = (db: Db, id: string, deviceId: string, now: number, length: number) =>
  db.run(
    `update sessions set device_id = $2,
       expires_at = $4::bigint + case when 'true' in (props ->> 'isOAuthUser', props ->> 'isSaml')
         then create_at else $3::bigint end
     where id = $1`,
    [id, deviceId, now, length],
  )

export const listSessions = (db: Db, userId: string, now: number) =>
  db.rows<SessionRow>(
    'select * from sessions where user_id = $1 and expires_at > $2 order by last_activity_at desc',
    [userId, now],
  )

export type TeamRow = Row<'team_members'>

/** The memberships of a person in teams that are not archived; v4 shows them with each session. */
export const listTeams = (db: Db, userId: string) =>
  db.rows<TeamRow>(
    `select m.* from team_members m join teams t on t.id = m.team_id
     where m.user_id = $1 and t.delete_at = 0 order by m.create_at, m.team_id`,
    [userId],
  )

/**
 * Ends sessions of a person: one by id, all of a device, or all but one. Returns the ids of the ended ones.
 */
export const deleteSessions = async (
  db: Db,
  userId: string,
  which: { id?: string; deviceId?: string; except?: string },
): Promise<string[]> => {
  const rows = await db.rows<{ id: string }>(
    `delete from sessions where user_id = $1 and ($2 = '' or id = $2) and ($3 = '' or device_id = $3) and id <> $4 returning id`,
    [userId, which.id ?? '', which.deviceId ?? '', which.except ?? ''],
  )
  return rows.map((row) => row.id)
}

/** Ends all sessions of a person except the `most` that were used last. Returns the ids of the ended ones. */
export const deleteSessionsBeyond = async (db: Db, userId: string, most: number): Promise<string[]> => {
  const rows = await db.rows<{ id: string }>(
    `delete from sessions where id in (
       select id from sessions where user_id = $1 order by last_activity_at desc, id desc offset $2
     ) returning id`,
    [userId, most],
  )
  return rows.map((row) => row.id)
}

export const deleteExpired = (db: Db, now: number) =>
  db.run('delete from sessions where expires_at <= $1', [now])

/** The key that signs the cookies of known browsers; on first use it becomes `made`. */
export const findBrowserKey = async (db: Db, made: string): Promise<string> => {
  const find = async () => (await db.row<{ key: string }>('select key from browser_keys'))?.key
  const known = await find()
  if (known !== undefined) return known
  await db.run('insert into browser_keys (key) values ($1) on conflict do nothing', [made])
  return (await find()) ?? made
}
