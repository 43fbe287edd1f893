import type { Post, PostList } from '@plausch/wire'
import { withoutIntegrations } from '../attachments/index.ts'
import { isLate } from './late-props.ts'
import { metadataOf } from './metadata.ts'
import type { PostRow, ThreadedPost } from './store.ts'

/**
 * A post as v4 shows it, with everything that was read with it. Its `props` are those that its author may set
 * and those that the system added.
 */
export const shownPost = (row: PostRow & Partial<ThreadedPost>): Post => ({
  id: row.id,
  create_at: row.create_at,
  update_at: row.update_at,
  edit_at: row.edit_at,
  delete_at: row.delete_at,
  is_pinned: row.is_pinned,
  user_id: row.user_id,
  channel_id: row.channel_id,
  root_id: row.root_id,
  original_id: '',
  message: row.message,
  type: row.type,
  props: isLate(row.props) ? row.props : withoutIntegrations(row.props),
  hashtags: row.hashtags,
  file_ids: row.file_ids,
  pending_post_id: row.pending_post_id,
  remote_id: '',
  reply_count: row.reply_count ?? 0,
  last_reply_at: row.last_reply_at ?? 0,
  participants:
    row.participants && row.participants.length > 0 ? row.participants.map((id) => ({ id })) : null,
  ...(row.has_reactions ? { has_reactions: true } : {}),
  metadata: metadataOf(row),
})

/** v4's list: ids in order, and posts by id. `others` are in the map but not in the order. */
export const postList = (
  rows: readonly ThreadedPost[],
  {
    others = [],
    prev = '',
    next = '',
  }: { others?: readonly ThreadedPost[]; prev?: string; next?: string } = {},
): PostList => ({
  order: rows.map((row) => row.id),
  posts: Object.fromEntries([...rows, ...others].map((row) => [row.id, shownPost(row)])),
  next_post_id: next,
  prev_post_id: prev,
  has_next: next !== '',
  first_inaccessible_post_time: 0,
})
