import type { Db, Row } from '../../../core/db.ts'

export type PictureRow = Row<'pictures'>

export const findPicture = (db: Db, owner: string) =>
  db.row<PictureRow>('select * from pictures where owner = $1', [owner])

/** Lets only one transaction at a time change the picture of an owner, until it ends. */
export const lockOwner = (db: Db, owner: string) =>
  db.run(`select pg_advisory_xact_lock(hashtext('pictures'), hashtext($1))`, [owner])

/** Inserts a picture, or replaces the old one. */
export const savePicture = (db: Db, picture: PictureRow) =>
  db.run(
    `insert into pictures (owner, id, size) values ($1, $2, $3)
     on conflict (owner) do update set id = excluded.id, size = excluded.size`,
    [picture.owner, picture.id, picture.size],
  )

export const deletePicture = (db: Db, owner: string) =>
  db.row<PictureRow>('delete from pictures where owner = $1 returning *', [owner])
