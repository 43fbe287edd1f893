/** The row of a post before it is written, and the post that it becomes. */
import type { PostPriority } from '@plausch/wire'
import type { PostRow } from '../store.ts'

export type NewRow = {
  id: string
  user_id: string
  channel_id: string
  root_id: string
  message: string
  type: string
  props: Record<string, unknown>
  hashtags: string
  pending_post_id: string
  /** Only roots have a priority. */
  priority: PostPriority | null
  /** The author's own files of the channel that are not attached yet. */
  file_ids: string[]
  /** The author need not be a member (the system, bots of administrators). */
  needs_no_membership: boolean
  /** Writing this post marks the channel as read for its author. */
  marks_read: boolean
  /** The channel may be a conversation, where every message mentions everybody. */
  in_conversation: boolean
}

export const postOf = (row: NewRow, createAt: number): PostRow => ({
  id: row.id,
  create_at: createAt,
  update_at: createAt,
  edit_at: 0,
  delete_at: 0,
  user_id: row.user_id,
  channel_id: row.channel_id,
  root_id: row.root_id,
  message: row.message,
  type: row.type,
  props: row.props,
  hashtags: row.hashtags,
  pending_post_id: row.pending_post_id,
  priority: row.priority,
  file_ids: row.file_ids,
  is_pinned: false,
  has_reactions: false,
  has_acknowledgements: false,
  has_previews: false,
})
