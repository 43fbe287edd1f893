import type { CustomEmoji } from '@plausch/wire'
import type { EmojiRow } from './store.ts'

export const keyOf = ({ id }: Pick<EmojiRow, 'id'>): string => `emoji/${id}`

export const shownEmoji = (row: EmojiRow): CustomEmoji => ({
  id: row.id,
  create_at: row.create_at,
  update_at: row.create_at,
  delete_at: 0,
  creator_id: row.creator_id,
  name: row.name,
})
