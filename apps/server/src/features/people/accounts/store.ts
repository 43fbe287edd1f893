import type { Db, Row } from '../../../core/db.ts'

/**
 * `verify` proves an address, `reset` allows setting a password, `desktop` passes a sign-in to the desktop
 * app.
 */
export type Kind = 'verify' | 'reset' | 'desktop'

/** Is there another administrator who signs in without any directory or provider? */
export const hasOtherLocalAdmin = async (db: Db, userId: string): Promise<boolean> =>
  (await db.row(
    `select from users u join credentials c on c.user_id = u.id
     where u.id <> $1 and u.delete_at = 0 and u.auth_service = ''
       and 'system_admin' = any(string_to_array(u.roles, ' ')) limit 1`,
    [userId],
  )) !== undefined

export type TokenRow = Row<'account_tokens', { kind: Kind }>

/**
 * Stores a token. A person has at most one of each kind: a new one replaces the old one. Returns false if
 * `generation` is no longer the current one.
 */
export const saveToken = async (
  db: Db,
  token: Omit<TokenRow, 'generation'>,
  generation?: number,
): Promise<boolean> => {
  const saved = await db.run(
    `insert into account_tokens (token_hash, kind, user_id, email, expires_at, generation)
     select $1, $2, u.id, $4, $5, u.link_generation from users u where u.id = $3 and u.link_generation = coalesce($6, u.link_generation)
     on conflict (user_id, kind) do update set token_hash = excluded.token_hash, email = excluded.email,
       expires_at = excluded.expires_at, generation = excluded.generation`,
    [token.token_hash, token.kind, token.user_id, token.email, token.expires_at, generation ?? null],
  )
  return saved === 1
}

export const findToken = (db: Db, kind: Kind, tokenHash: string) =>
  db.row<TokenRow>(
    `select t.* from account_tokens t join users u on u.id = t.user_id
     where t.token_hash = $1 and t.kind = $2 and t.generation = u.link_generation`,
    [tokenHash, kind],
  )

/** Uses a token: if several requests do so at once, only one gets the row. */
export const takeToken = (db: Db, kind: Kind, tokenHash: string) =>
  db.row<TokenRow>(
    `delete from account_tokens t using users u
     where t.token_hash = $1 and t.kind = $2 and u.id = t.user_id and t.generation = u.link_generation returning t.*`,
    [tokenHash, kind],
  )

export const deleteTokens = (db: Db, userId: string) =>
  db.run('delete from account_tokens where user_id = $1', [userId])

export const deleteExpired = (db: Db, now: number) =>
  db.run('delete from account_tokens where expires_at <= $1', [now])
