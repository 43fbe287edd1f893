import type { FileInfo } from '@plausch/wire'
import type { FileRow } from './store.ts'

/** The keys of a file's bytes and of its views. */
export const keysOf = (file: Pick<FileRow, 'id' | 'thumbnail_type' | 'preview_type'>): string[] => [
  `files/${file.id}`,
  ...(file.thumbnail_type === '' ? [] : [`files/${file.id}.thumbnail`]),
  ...(file.preview_type === '' ? [] : [`files/${file.id}.preview`]),
]

export const shownFile = (row: FileRow): FileInfo => ({
  id: row.id,
  user_id: row.user_id,
  post_id: row.post_id,
  channel_id: row.channel_id,
  create_at: row.create_at,
  update_at: row.update_at,
  delete_at: 0,
  name: row.name,
  extension: row.extension,
  size: row.size,
  mime_type: row.mime_type,
  width: row.width,
  height: row.height,
  has_preview_image: row.preview_type !== '',
  mini_preview: row.mini_preview === '' ? null : row.mini_preview,
  remote_id: '',
  archived: false,
})
