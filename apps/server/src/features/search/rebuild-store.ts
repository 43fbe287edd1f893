/** How far the index has been built anew. There is a row for posts and one for files as long as there is something left. */
import type { Db } from '../../core/db.ts'

/**
 * Puts the next posts into the queue, the newest first, behind the place that was reached; returns how many, undefined if there was nothing to do any
 * more. What waits there already is indexed anyway.
 */
export const queueNextPosts = async (db: Db, limit: number): Promise<number | undefined> =>
  (
    await db.row<{ n: number }>(
      `with reached as materialized (
         select before_time, before_id from search_rebuild where kind = 'post' for update
       ), next as materialized (
         select s.post_id, s.create_at from reached r, lateral (
           select post_id, create_at from search_posts where (create_at, post_id) < (r.before_time, r.before_id)
           order by create_at desc, post_id desc limit ${limit}
         ) s
       ), queued as (
         insert into search_queue (post_id, is_again) select post_id, true from next on conflict do nothing
       ), moved as (
         update search_rebuild set before_time = l.create_at, before_id = l.post_id
         from (select create_at, post_id from next order by create_at, post_id limit 1) l where kind = 'post'
       )
       select (select count(*) from next) as n from reached`,
    )
  )?.n

/** The same of files, in the order of their ids. */
export const queueNextFiles = async (db: Db, limit: number): Promise<number | undefined> =>
  (
    await db.row<{ n: number }>(
      `with reached as materialized (
         select before_id from search_rebuild where kind = 'file' for update
       ), next as materialized (
         select s.file_id from reached r, lateral (
           select file_id from search_files where file_id < r.before_id order by file_id desc limit ${limit}
         ) s
       ), queued as (
         insert into search_file_queue (file_id) select f.id from next n join files f on f.id = n.file_id on conflict do nothing
       ), moved as (
         update search_rebuild set before_id = (select min(file_id::text) from next) where kind = 'file' and exists (select from next)
       )
       select (select count(*) from next) as n from reached`,
    )
  )?.n

export const isRebuilding = async (db: Db): Promise<boolean> =>
  (await db.row('select from search_rebuild limit 1')) !== undefined

export const endRebuild = (db: Db) => db.run('delete from search_rebuild')
