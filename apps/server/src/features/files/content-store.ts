import type { Db } from '../../core/db.ts'

export type Waiting = {
  id: string
  user_id: string
  size: number
  extension: string
  mime_type: string
  attempts: number
}

export const insertContent = (db: Db, fileId: string) =>
  db.run('insert into file_contents (file_id, is_waiting) values ($1, true)', [fileId])

/** The next file of others than these people whose content is to be read, counted as tried: what ends the server is not tried for ever. */
export const takeWaiting = (db: Db, exceptUserIds: readonly string[]) =>
  db.row<Waiting>(
    `update file_contents c set attempts = c.attempts + 1 from files f
     where f.id = c.file_id and c.file_id = (
       select w.file_id from file_contents w join files o on o.id = w.file_id
       where w.is_waiting and o.user_id <> all ($1::text[]) order by w.attempts, w.file_id limit 1
     )
     returning f.id, f.user_id, f.size, f.extension, f.mime_type, c.attempts`,
    [exceptUserIds],
  )

/** False where the file is gone. */
export const saveContent = async (db: Db, fileId: string, content: string): Promise<boolean> =>
  (await db.run('update file_contents set content = $2, is_waiting = false where file_id = $1', [
    fileId,
    content,
  ])) > 0
