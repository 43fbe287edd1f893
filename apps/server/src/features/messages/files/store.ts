import type { Db, Row } from '../../../core/db.ts'

export type FileRow = Row<'files'>

export const insertFile = (db: Db, file: FileRow) =>
  db.run(
    `insert into files (id, create_at, update_at, user_id, channel_id, post_id, name, extension, size, mime_type, width, height,
       thumbnail_type, thumbnail_size, preview_type, preview_size, mini_preview)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      file.id,
      file.create_at,
      file.update_at,
      file.user_id,
      file.channel_id,
      file.post_id,
      file.name,
      file.extension,
      file.size,
      file.mime_type,
      file.width,
      file.height,
      file.thumbnail_type,
      file.thumbnail_size,
      file.preview_type,
      file.preview_size,
      file.mini_preview,
    ],
  )

export const findFile = (db: Db, id: string) => db.row<FileRow>('select * from files where id = $1', [id])

/** In the order of the ids; missing files are left out. */
export const findFiles = (db: Db, ids: readonly string[]) =>
  db.rows<FileRow>(
    'select * from files where id = any($1::text[]) order by array_position($1::text[], id::text)',
    [ids],
  )

/**
 * Attaches files to a post: only those of this person in this channel that are not attached yet. Returns
 * their ids.
 */
export const attachFiles = async (
  db: Db,
  file: { ids: readonly string[]; user_id: string; channel_id: string; post_id: string; now: number },
): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `update files set post_id = $4, update_at = $5
       where id = any($1::text[]) and user_id = $2 and channel_id = $3 and post_id = '' returning id`,
      [file.ids, file.user_id, file.channel_id, file.post_id, file.now],
    )
  ).map(({ id }) => id)

/** Moves the files of one owner (a post, bookmark or the like) to another. */
export const moveFiles = (db: Db, from: string, to: string, now: number) =>
  db.run(`update files set post_id = $2, update_at = $3 where post_id = $1 and post_id <> ''`, [
    from,
    to,
    now,
  ])

/** An expression over the row `p` of a post: its files as JSON rows, in order; null if there are none. */
export const filesOfPostSql = `
  case when p.file_ids <> '{}' then (
    select jsonb_agg(to_jsonb(f) order by array_position(p.file_ids, f.id::text)) from files f where f.id = any(p.file_ids)
  ) end`

/**
 * Parts of the statement that writes posts (posts/writing/store.ts): locks the files that its rows bring and
 * that are free to be attached, each with the row that may have it. If two rows bring the same file, the
 * first one gets it.
 */
export const holdFilesSql = `
brought as materialized (
  select i.n, i.user_id, i.channel_id, i.pending_post_id, f.id as file_id
  from input i cross join unnest(string_to_array(i.file_ids, ',')) f (id)
), free_files as materialized (
  select id, user_id, channel_id from files
  where id in (select file_id from brought) and post_id = '' order by id for update
), lacking as materialized (
  select distinct b.n from brought b
  left join free_files f on f.id = b.file_id and f.user_id = b.user_id and f.channel_id = b.channel_id
  where f.id is null or exists (
    select from brought o where o.file_id = b.file_id and o.n < b.n
      and (o.pending_post_id = '' or o.user_id <> b.user_id or o.pending_post_id <> b.pending_post_id)
  )
),`

export const attachFilesSql = `
attached as (
  update files f set post_id = w.id, update_at = w.create_at
  from brought b join written w on w.n = b.n where f.id = b.file_id
),`

export const deleteFiles = (db: Db, ids: readonly string[]) =>
  db.rows<FileRow>('delete from files where id = any($1::text[]) returning *', [ids])

export const deleteFilesOfPosts = (db: Db, postIds: readonly string[]) =>
  db.rows<FileRow>(`delete from files where post_id = any($1::text[]) and post_id <> '' returning *`, [
    postIds,
  ])

/**
 * Old files that are attached to nothing, locked, so that nobody can attach them any more. Skips files that
 * somebody is attaching right now.
 */
export const lockUnused = (db: Db, before: number, limit: number) =>
  db.rows<{ id: string }>(
    `select f.id from files f where f.post_id = '' and f.create_at < $1
       and not exists (select from drafts d where d.user_id = f.user_id and f.id = any (d.file_ids))
       and not exists (select from scheduled_posts s where s.user_id = f.user_id and f.id = any (s.file_ids))
     order by f.create_at limit $2 for update of f skip locked`,
    [before, limit],
  )

/** The key that signs public links, created on first use. */
export const findLinkKey = async (db: Db, made: string): Promise<string> => {
  const find = async () => (await db.row<{ key: string }>('select key from file_link_keys'))?.key
  const known = await find()
  if (known !== undefined) return known
  await db.run('insert into file_link_keys (key) values ($1) on conflict do nothing', [made])
  return (await find()) ?? made
}
