import type { Db } from '../../../core/db.ts'

export const insertLoose = (db: Db, keys: readonly string[], since: number) =>
  db.run('insert into loose_blobs (key, since) select unnest($1::text[]), $2 on conflict (key) do nothing', [
    keys,
    since,
  ])

export const deleteLoose = (db: Db, keys: readonly string[]) =>
  db.run('delete from loose_blobs where key = any($1::text[])', [keys])

/** Keys that have been loose since before a time, oldest first. */
export const looseBefore = async (db: Db, time: number, limit: number): Promise<string[]> =>
  (
    await db.rows<{ key: string }>('select key from loose_blobs where since < $1 order by since limit $2', [
      time,
      limit,
    ])
  ).map(({ key }) => key)
