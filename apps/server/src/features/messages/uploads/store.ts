import type { Db, Row } from '../../../core/db.ts'

export type UploadRow = Row<'uploads'>

/**
 * Locks until the transaction ends, so that a person's uploads begin one after the other and can be counted.
 */
export const lockUploads = (db: Db, userId: string) =>
  db.run(`select pg_advisory_xact_lock(hashtext('uploads'), hashtext($1))`, [userId])

export const insertUpload = (db: Db, upload: UploadRow) =>
  db.run(
    `insert into uploads (id, create_at, update_at, user_id, channel_id, filename, file_size, file_offset)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      upload.id,
      upload.create_at,
      upload.update_at,
      upload.user_id,
      upload.channel_id,
      upload.filename,
      upload.file_size,
      upload.file_offset,
    ],
  )

export const findUpload = (db: Db, id: string) =>
  db.row<UploadRow>('select * from uploads where id = $1', [id])

export const listUploads = (db: Db, userId: string) =>
  db.rows<UploadRow>('select * from uploads where user_id = $1 order by create_at', [userId])

/** Advances the offset; returns undefined if the upload has advanced or was deleted meanwhile. */
export const advance = (db: Db, id: string, from: number, to: number, now: number) =>
  db.row<UploadRow>(
    'update uploads set file_offset = $3, update_at = $4 where id = $1 and file_offset = $2 returning *',
    [id, from, to, now],
  )

export const insertPiece = (db: Db, uploadId: string, first: number, id: string) =>
  db.run('insert into upload_pieces (upload_id, first, id) values ($1, $2, $3)', [uploadId, first, id])

/** Ids of the pieces, in order. */
export const listPieces = async (db: Db, uploadId: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>('select id from upload_pieces where upload_id = $1 order by first', [
      uploadId,
    ])
  ).map(({ id }) => id)

export const deleteUpload = (db: Db, id: string) => db.run('delete from uploads where id = $1', [id])

export const idleSince = async (db: Db, time: number, limit: number): Promise<string[]> =>
  (
    await db.rows<{ id: string }>('select id from uploads where update_at < $1 order by update_at limit $2', [
      time,
      limit,
    ])
  ).map(({ id }) => id)
