import type { Db, Row } from '../../../core/db.ts'

export type TokenRow = Row<'tokens'>

/** Stores a token if its person is active, with the current generation; returns false otherwise. */
export const insertToken = async (db: Db, token: Omit<TokenRow, 'generation'>): Promise<boolean> => {
  const made = await db.run(
    `insert into tokens (id, token_hash, user_id, description, create_at, generation)
     select $1, $2, u.id, $4, $5, u.generation from users u where u.id = $3 and u.delete_at = 0 for share of u`,
    [token.id, token.token_hash, token.user_id, token.description, token.create_at],
  )
  return made === 1
}

export type LiveToken = {
  id: string
  user_id: string
  roles: string
  locale: string
  is_bot: boolean
  generation: number
}

export const findToken = (db: Db, tokenHash: string) =>
  db.row<LiveToken>(
    `select t.id, t.user_id, t.generation, u.roles, u.locale, u.is_bot from tokens t join users u on u.id = t.user_id
     where t.token_hash = $1 and t.is_active and u.delete_at = 0 and t.generation = u.generation`,
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

export const deleteTokensOf = (db: Db, userId: string) =>
  db.run('delete from tokens where user_id = $1', [userId])

export const deleteToken = (db: Db, id: string) => db.run('delete from tokens where id = $1', [id])
