import type { Reaction } from '@plausch/wire'
import type { ReactionRow } from './store.ts'

export const shownReaction = (row: ReactionRow, channelId: string): Reaction => ({
  ...row,
  update_at: row.create_at,
  delete_at: 0,
  remote_id: '',
  channel_id: channelId,
})
