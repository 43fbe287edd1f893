import type { ScheduledPost } from '@plausch/wire'
import type { ScheduledRow } from './store.ts'

export const shownScheduled = (row: ScheduledRow): ScheduledPost => ({
  id: row.id,
  create_at: row.create_at,
  update_at: row.update_at,
  user_id: row.user_id,
  channel_id: row.channel_id,
  root_id: row.root_id,
  message: row.message,
  type: row.type,
  props: row.props,
  file_ids: row.file_ids,
  ...(row.priority ? { priority: row.priority, metadata: { priority: row.priority } } : { metadata: {} }),
  scheduled_at: row.scheduled_at,
  processed_at: row.processed_at,
  error_code: row.error_code,
})
