import type { Bookmark } from '@plausch/wire'
import { shownFile } from '../files/index.ts'
import type { BookmarkWithFile } from './store.ts'

export const shownBookmark = (row: BookmarkWithFile): Bookmark => ({
  id: row.id,
  create_at: row.create_at,
  update_at: row.update_at,
  delete_at: row.delete_at,
  channel_id: row.channel_id,
  owner_id: row.owner_id,
  type: row.type,
  file_id: row.file_id,
  display_name: row.display_name,
  sort_order: row.sort_order,
  ...(row.link_url === '' ? {} : { link_url: row.link_url }),
  ...(row.image_url === '' ? {} : { image_url: row.image_url }),
  ...(row.emoji === '' ? {} : { emoji: row.emoji }),
  ...(row.file ? { file: shownFile(row.file) } : {}),
  ...(row.original_id === '' ? {} : { original_id: row.original_id }),
  ...(row.parent_id === '' ? {} : { parent_id: row.parent_id }),
})
