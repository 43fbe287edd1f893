import type { Db, Row } from '../../../core/db.ts'

export type Secret = Row<'mfa_secrets'>

export const findSecret = (db: Db, userId: string) =>
  db.row<Secret>('select * from mfa_secrets where user_id = $1', [userId])

/**
 * Stores a new secret, which takes effect after a code has shown that an app has it. Returns false if another
 * one is in use.
 */
export const saveSecret = async (db: Db, userId: string, secret: string): Promise<boolean> => {
  const saved = await db.run(
    `insert into mfa_secrets (user_id, secret) values ($1, $2)
     on conflict (user_id) do update set secret = excluded.secret, last_step = 0 where not mfa_secrets.is_active`,
    [userId, secret],
  )
  return saved === 1
}

/** Stores that the code of a step was used; returns false if it, or a later one, was used before. */
export const useStep = async (db: Db, userId: string, secret: string, step: number): Promise<boolean> => {
  const used = await db.run(
    'update mfa_secrets set last_step = $3 where user_id = $1 and secret = $2 and last_step < $3',
    [userId, secret, step],
  )
  return used === 1
}

/**
 * Counts a try. The count starts again if the last try is older than `forgetBefore`. Above `max`, further
 * tries do not renew its time.
 */
export const countTry = async (
  db: Db,
  userId: string,
  now: number,
  forgetBefore: number,
  max: number,
): Promise<number> => {
  const row = await db.row<{ failed_attempts: number }>(
    `update mfa_secrets set failed_attempts = case when failed_at < $3 then 1 else least(failed_attempts, $4) + 1 end,
       failed_at = case when failed_at >= $3 and failed_attempts > $4 then failed_at else $2 end
     where user_id = $1 returning failed_attempts`,
    [userId, now, forgetBefore, max],
  )
  return row?.failed_attempts ?? 0
}

export const forgetTries = (db: Db, userId: string) =>
  db.run('update mfa_secrets set failed_attempts = 0 where user_id = $1', [userId])

export const activateSecret = (db: Db, userId: string) =>
  db.run('update mfa_secrets set is_active = true where user_id = $1', [userId])

export const deleteSecret = (db: Db, userId: string) =>
  db.run('delete from mfa_secrets where user_id = $1', [userId])
