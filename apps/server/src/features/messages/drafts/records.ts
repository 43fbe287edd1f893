import type { Draft } from '@plausch/wire'
import type { DraftRow } from './store.ts'

export const shownDraft = (row: DraftRow): Draft => ({
  create_at: row.create_at,
  update_at: row.update_at,
  delete_at: 0,
  user_id: row.user_id,
  channel_id: row.channel_id,
  root_id: row.root_id,
  message: row.message,
  type: row.type,
  props: row.props,
  file_ids: row.file_ids,
  ...(row.priority ? { priority: row.priority, metadata: { priority: row.priority } } : { metadata: {} }),
})
