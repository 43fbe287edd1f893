/** The table `sign_in_attempts`: failed attempts at the password of an account, by their source. */
import type { Db } from '../../../core/db.ts'

/** Counts stop here, before the column overflows. */
const MOST = 2_000_000_000

/**
 * Counts an attempt. The count starts again if the last counted attempt is older than `forgetBefore`. Above
 * `max`, further attempts do not renew its time, so nobody can keep somebody else locked out for ever.
 */
export const countAttempt = async (
  db: Db,
  userId: string,
  source: string,
  now: number,
  forgetBefore: number,
  max: number,
): Promise<number> => {
  const row = await db.row<{ attempts: number }>(
    `insert into sign_in_attempts as a (user_id, source, attempts, counted_at) values ($1, $2, 1, $3)
     on conflict (user_id, source) do update set
       attempts = case when a.counted_at < $4 then 1 else least(a.attempts + 1, ${MOST}) end,
       counted_at = case when a.counted_at >= $4 and a.attempts > $5 then a.counted_at else $3 end
     returning attempts`,
    [userId, source, now, forgetBefore, max],
  )
  return row?.attempts ?? 0
}

/** Takes back an attempt that should not count. */
export const uncountAttempt = (db: Db, userId: string, source: string) =>
  db.run(
    'update sign_in_attempts set attempts = attempts - 1 where user_id = $1 and source = $2 and attempts > 0',
    [userId, source],
  )

/** Deletes the count of one source, and subtracts it from the count of all sources (`total`). */
export const forgetAttempts = (db: Db, userId: string, source: string, total: string) =>
  db.run(
    `with gone as (delete from sign_in_attempts where user_id = $1 and source = $2 returning attempts),
     emptied as (delete from sign_in_attempts a using gone where a.user_id = $1 and a.source = $3 and a.attempts <= gone.attempts)
     update sign_in_attempts a set attempts = a.attempts - gone.attempts from gone
     where a.user_id = $1 and a.source = $3 and a.attempts > gone.attempts`,
    [userId, source, total],
  )

export const forgetAllAttempts = (db: Db, userId: string) =>
  db.run('delete from sign_in_attempts where user_id = $1', [userId])

export const deleteOldAttempts = (db: Db, before: number) =>
  db.run('delete from sign_in_attempts where counted_at < $1', [before])
