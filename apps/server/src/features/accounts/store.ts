import type { Db, Row } from '../../core/db.ts'

/** `verify` proves an address, `reset` lets a password be set, `desktop` hands a sign-in to the desktop app. */
export type Kind = 'verify' | 'reset' | 'desktop'

export type TokenRow = Row<'account_tokens', { kind: Kind }>

/** A person has one of each kind: a new one takes the place of the earlier. */
export const saveToken = (db: Db, token: TokenRow) =>
  db.run(
    `insert into account_tokens (token_hash, kind, user_id, email, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (user_id, kind) do update set token_hash = excluded.token_hash, email = excluded.email,
       expires_at = excluded.expires_at`,
    [token.token_hash, token.kind, token.user_id, token.email, token.expires_at],
  )

export const findToken = (db: Db, kind: Kind, tokenHash: string) =>
  db.row<TokenRow>('select * from account_tokens where token_hash = $1 and kind = $2', [tokenHash, kind])

/** Uses a token up: of several at once, one gets the row. */
export const takeToken = (db: Db, kind: Kind, tokenHash: string) =>
  db.row<TokenRow>('delete from account_tokens where token_hash = $1 and kind = $2 returning *', [
    tokenHash,
    kind,
  ])

export const deleteTokens = (db: Db, userId: string, kind: Kind) =>
  db.run('delete from account_tokens where user_id = $1 and kind = $2', [userId, kind])

export const deleteExpired = (db: Db, now: number) =>
  db.run('delete from account_tokens where expires_at <= $1', [now])
