import type { Db, Row } from '../../core/db.ts'

export type TokenRow = Row<'tokens'>

export const insertToken = (db: Db, token: TokenRow) =>
  db.run('insert into tokens (id, token_hash, user_id, description, create_at) values ($1, $2, $3, $4, $5)', [
    token.id,
    token.token_hash,
    token.user_id,
    token.description,
    token.create_at,
  ])

export type LiveToken = { id: string; user_id: string; roles: string; locale: string; is_bot: boolean }

export const findToken = (db: Db, tokenHash: string) =>
  db.row<LiveToken>(
    `select t.id, t.user_id, u.roles, u.locale, u.is_bot from tokens t join users u on u.id = t.user_id
     where t.token_hash = $1 and t.is_active and u.delete_at = 0`,
    [tokenHash],
  )

export const listTokens = (db: Db, userId: string, limit: number, offset: number) =>
  db.rows<TokenRow>('select * from tokens where user_id = $1 order by id limit $2 offset $3', [
    userId,
    limit,
    offset,
  ])

export const findTokenById = (db: Db, id: string) =>
  db.row<TokenRow>('select * from tokens where id = $1', [id])

export const deleteToken = (db: Db, id: string) => db.run('delete from tokens where id = $1', [id])
