import type { Participant, Post, Thread, User } from '@plausch/wire'
import type { ThreadRow } from './store.ts'

/**
 * A person of whom the server read only the id. v4 sends a user record anyway, and its clients in Go and Java
 * need one.
 */
const unread = {
  delete_at: 0,
  username: '',
  auth_service: '',
  email: '',
  nickname: '',
  first_name: '',
  last_name: '',
  position: '',
  roles: '',
  locale: '',
  timezone: null,
  disable_welcome_email: false,
} as const satisfies Omit<Participant, 'id'>

/** A thread as v4 shows it to a follower. `people` has the full records, if the request asks for them. */
export const shownThread = (row: ThreadRow, post: Post, people?: ReadonlyMap<string, User>): Thread => ({
  id: row.post_id,
  reply_count: row.reply_count,
  last_reply_at: row.last_reply_at,
  last_viewed_at: row.last_viewed_at,
  participants: row.participants.map((id) => people?.get(id) ?? { ...unread, id }),
  post,
  unread_replies: row.unread_replies,
  unread_mentions: row.unread_mentions,
  is_following: row.following,
  is_urgent: row.is_urgent,
  delete_at: row.delete_at,
})
