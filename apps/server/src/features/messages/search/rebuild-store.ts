/** The progress of rebuilding the index. Posts and files have one row each until they are finished. */
import type { Db } from '../../../core/db.ts'

/** The next posts after the current position, newest first; undefined if the rebuild is finished. */
export const takeNextPosts = async (db: Db, limit: number): Promise<string[] | undefined> =>
  (
    await db.row<{ ids: string[] }>(
      `with reached as materialized (
         select before_time, before_id from search_rebuild where kind = 'post' for update
       ), next as materialized (
         select s.post_id, s.create_at from reached r, lateral (
           select post_id, create_at from search_posts where (create_at, post_id) < (r.before_time, r.before_id)
           order by create_at desc, post_id desc limit ${limit}
         ) s
       ), moved as (
         update search_rebuild set before_time = l.create_at, before_id = l.post_id
         from (select create_at, post_id from next order by create_at, post_id limit 1) l where kind = 'post'
       )
       select array(select post_id::text from next) as ids from reached`,
    )
  )?.ids

/** The next files, in the order of their ids. */
export const takeNextFiles = async (db: Db, limit: number): Promise<string[] | undefined> =>
  (
    await db.row<{ ids: string[] }>(
      `with reached as materialized (
         select before_id from search_rebuild where kind = 'file' for update
       ), next as materialized (
         select s.file_id from reached r, lateral (
           select file_id from search_files where file_id < r.before_id order by file_id desc limit ${limit}
         ) s
       ), moved as (
         update search_rebuild set before_id = (select min(file_id::text) from next) where kind = 'file' and exists (select from next)
       )
       select array(select file_id::text from next) as ids from reached`,
    )
  )?.ids

export const isRebuilding = async (db: Db): Promise<boolean> =>
  (await db.row('select from search_rebuild limit 1')) !== undefined

export const endRebuild = (db: Db) => db.run('delete from search_rebuild')
