import type { Db, Row } from '../../../core/db.ts'
import type { FileRow } from '../files/index.ts'

export type BookmarkRow = Row<'channel_bookmarks', { type: 'link' | 'file' }>
export type BookmarkWithFile = BookmarkRow & { file: FileRow | null }

const columns = 'b.*, to_jsonb(f) as file from channel_bookmarks b left join files f on f.id = b.file_id'

/** A bookmark that is not deleted. */
export const findBookmark = (db: Db, channelId: string, id: string) =>
  db.row<BookmarkWithFile>(`select ${columns} where b.id = $2 and b.channel_id = $1 and b.delete_at = 0`, [
    channelId,
    id,
  ])

/** The bookmarks that are not deleted, in order. */
export const listBookmarks = (db: Db, channelId: string) =>
  db.rows<BookmarkWithFile>(
    `select ${columns} where b.channel_id = $1 and b.delete_at = 0 order by b.sort_order, b.id`,
    [channelId],
  )

/** What changed after that time, deleted bookmarks included. */
export const bookmarksChangedSince = (db: Db, channelId: string, since: number) =>
  db.rows<BookmarkWithFile>(
    `select ${columns} where b.channel_id = $1 and b.update_at > $2 order by b.sort_order, b.id`,
    [channelId, since],
  )

export const insertBookmark = (db: Db, row: BookmarkRow) =>
  db.run(
    `insert into channel_bookmarks (id, create_at, update_at, channel_id, owner_id, type, display_name, sort_order, link_url, image_url,
       emoji, file_id, original_id, parent_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      row.id,
      row.create_at,
      row.update_at,
      row.channel_id,
      row.owner_id,
      row.type,
      row.display_name,
      row.sort_order,
      row.link_url,
      row.image_url,
      row.emoji,
      row.file_id,
      row.original_id,
      row.parent_id,
    ],
  )

export const updateBookmark = (db: Db, row: BookmarkRow) =>
  db.run(
    `update channel_bookmarks set update_at = $2, display_name = $3, link_url = $4, image_url = $5, emoji = $6, file_id = $7 where id = $1`,
    [row.id, row.update_at, row.display_name, row.link_url, row.image_url, row.emoji, row.file_id],
  )

/** Erases the content. Ids and times remain for clients that catch up. */
export const eraseBookmark = (db: Db, id: string, now: number) =>
  db.run(
    `update channel_bookmarks set delete_at = greatest($2, update_at + 1), update_at = greatest($2, update_at + 1), display_name = '',
       link_url = '', image_url = '', emoji = '', file_id = '' where id = $1`,
    [id, now],
  )

/** Numbers the bookmarks in the order of the ids. */
export const numberBookmarks = (db: Db, ids: readonly string[], now: number) =>
  db.run(
    `update channel_bookmarks b set sort_order = o.n - 1, update_at = greatest($2, b.update_at + 1)
     from unnest($1::text[]) with ordinality as o (id, n) where b.id = o.id and b.sort_order <> o.n - 1`,
    [ids, now],
  )
