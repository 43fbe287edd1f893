import type { Db } from '../../../core/db.ts'
import { byThem, SCOPE_VALUES, type Scope, scopeValues, seenIn, stemsSql } from './store.ts'
import type { Indexable } from './words.ts'

/** A file and its words, in the forms of words.ts. */
export type IndexedFile = Indexable & { file_id: string }

/** Indexes the files that still exist. */
export const saveIndexedFiles = (db: Db, files: readonly IndexedFile[]) =>
  db.run(
    `insert into search_files (file_id, words)
     select f.id, t.vector || array_to_tsvector(array(${stemsSql('t.vector')}))
     from unnest($1::text[], $2::tsvector[]) as t (id, vector) join files f on f.id = t.id
     on conflict (file_id) do update set words = excluded.words`,
    [files.map(({ file_id }) => file_id), files.map(({ vector }) => vector)],
  )

/** Extensions that a file must have, and must not have; null means any. */
export type Endings = { wanted: string[] | null; unwanted: string[] }

const FILE_VALUES = SCOPE_VALUES + 2

/** Ids of attached files, newest first. Without a text search expression every file matches. */
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
