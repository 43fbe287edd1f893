/** The table `credentials`: the hashes of passwords. */
import type { Db, Row } from '../../../core/db.ts'

export type Credential = Row<'credentials'>

export const findCredential = (db: Db, userId: string) =>
  db.row<Credential>('select * from credentials where user_id = $1', [userId])

export const saveCredential = (db: Db, userId: string, passwordHash: string, now: number) =>
  db.run(
    `insert into credentials (user_id, password_hash, update_at) values ($1, $2, $3)
     on conflict (user_id) do update set password_hash = excluded.password_hash, update_at = excluded.update_at`,
    [userId, passwordHash, now],
  )

export const deleteCredential = (db: Db, userId: string) =>
  db.run('delete from credentials where user_id = $1', [userId])
