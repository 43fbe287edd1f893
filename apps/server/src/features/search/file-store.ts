import type { Db } from '../../core/db.ts'
import { byThem, SCOPE_VALUES, type Scope, scopeValues, seenIn, stemsSql } from './store.ts'
import type { Indexable } from './words.ts'

/** A part of the statement that writes posts: the files that it brings are to be indexed. */
export const queueFilesSql = `queued_files as (
  insert into search_file_queue (file_id) select b.file_id from brought b join written w on w.n = b.n on conflict do nothing
), `

/**
 * What of these is part of a message is to be indexed, again perhaps; what is not yet will be queued with its
 * message. Holds the files: they do not become part of one meanwhile, and whoever deletes them waits.
 */
export const queueFiles = (db: Db, ids: readonly string[]) =>
  db.run(
    `with held as materialized (
       select id, post_id from files where id = any($1::text[]) order by id for no key update
     )
     insert into search_file_queue (file_id) select id from held where post_id <> '' on conflict do nothing`,
    [ids],
  )

export type WaitingFile = { file_id: string; name: string; content: string | null }

/**
 * Takes files from the queue; who else takes at the same time gets others. The file is held before its place
 * in the queue, as whoever deletes it does. One after the other: a join would read all files where many wait.
 */
export const takeWaitingFiles = (db: Db, limit: number) =>
  db.rows<WaitingFile>(
    `with chosen as materialized (
       select f.id, f.name from search_file_queue q, lateral (
         select id, name from files where id = q.file_id for no key update skip locked
       ) f limit ${limit}
     ), taken as (
       delete from search_file_queue q using chosen c where q.file_id = c.id returning q.file_id
     )
     select t.file_id, h.name, c.content from taken t join chosen h on h.id = t.file_id
     left join file_contents c on c.file_id = t.file_id`,
  )

/** As that of posts: the room of what was taken. */
export const sweepFiles = (db: Db) => db.unprepared('vacuum search_file_queue')

export const countWaitingFiles = async (db: Db): Promise<number> =>
  (await db.row<{ n: number }>('select count(*) as n from (select from search_file_queue limit 1) w'))?.n ?? 0

/** A file and its words in the forms of words.ts. */
export type IndexedFile = Indexable & { file_id: string }

/** Indexes files that are still there. */
export const saveIndexedFiles = (db: Db, files: readonly IndexedFile[]) =>
  db.run(
    `insert into search_files (file_id, words)
     select f.id, t.vector || array_to_tsvector(array(${stemsSql('t.vector')}))
     from unnest($1::text[], $2::tsvector[]) as t (id, vector) join files f on f.id = t.id
     on conflict (file_id) do update set words = excluded.words`,
    [files.map(({ file_id }) => file_id), files.map(({ vector }) => vector)],
  )

/** Endings that a file must, and must not have; null is "no matter". */
export type Endings = { wanted: string[] | null; unwanted: string[] }

const FILE_VALUES = SCOPE_VALUES + 2

/** Ids of files of messages, the newest first. Without an expression of text search every file is found. */
export const findFileIds = async (
  db: Db,
  scope: Scope,
  endings: Endings,
  expression: string | undefined,
  limit: number,
  offset: number,
): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select f.id from files f join posts p on p.id = f.post_id and p.delete_at = 0
         ${expression === undefined ? '' : 'join search_files s on s.file_id = f.id'}
       where exists (${seenIn('p.channel_id')}) and ${byThem('f.user_id', 'f.create_at')}
         and ($12::text[] is null or f.extension = any($12)) and not (f.extension = any($13::text[]))
         ${expression === undefined ? '' : `and s.words @@ $${FILE_VALUES + 1}::tsquery`}
       order by f.create_at desc, f.id desc limit ${limit} offset ${offset}`,
      [
        ...scopeValues(scope),
        endings.wanted,
        endings.unwanted,
        ...(expression === undefined ? [] : [expression]),
      ],
    )
  ).map(({ id }) => id)
