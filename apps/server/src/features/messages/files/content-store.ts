import type { Db } from '../../../core/db.ts'

export type Waiting = {
  id: string
  user_id: string
  size: number
  extension: string
  mime_type: string
}

export const insertContent = (db: Db, fileId: string) =>
  db.run('insert into file_contents (file_id, is_waiting) values ($1, true)', [fileId])

/** A file whose content has not been read yet. */
export const findWaiting = (db: Db, fileId: string) =>
  db.row<Waiting>(
    `select f.id, f.user_id, f.size, f.extension, f.mime_type
     from file_contents c join files f on f.id = c.file_id where c.file_id = $1 and c.is_waiting`,
    [fileId],
  )

/**
 * Files that wait and have no job. Each call counts as an attempt, so that a file that crashes the server is
 * not tried for ever.
 */
export const contentsWithoutJob = (db: Db, queue: string, most: number) =>
  db.rows<Pick<Waiting, 'id' | 'user_id'>>(
    `update file_contents c set attempts = c.attempts + 1 from files f
     where f.id = c.file_id and c.file_id in (
       select w.file_id from file_contents w where w.is_waiting and w.attempts < 2 and not exists (
         select from queue_jobs j where j.queue = $1 and j.key = w.file_id and j.key <> ''
       ) limit $2
     )
     returning f.id, f.user_id`,
    [queue, most],
  )

/** Returns false if the file no longer exists. */
export const saveContent = async (db: Db, fileId: string, content: string): Promise<boolean> =>
  (await db.run('update file_contents set content = $2, is_waiting = false where file_id = $1', [
    fileId,
    content,
  ])) > 0
