/** Opening threads, for code anywhere; the feature `threads` shows them. */
import { Value } from '@plausch/client'
import type { Post } from '@plausch/wire'

/** `postId` is the reply to show, '' for the newest or the first unread one. */
export type WantedThread = { rootId: string; postId: string }

/** The thread that somebody wants to see; a new object each time. */
export const wantedThread = new Value<WantedThread | undefined>(undefined)

/** Opens the thread of a post beside the messages. */
export const openThread = (post: Pick<Post, 'id' | 'root_id'>): void =>
  wantedThread.set({ rootId: post.root_id || post.id, postId: '' })

/** Opens a thread at one of its replies. */
export const openThreadAt = (rootId: string, postId: string): void => wantedThread.set({ rootId, postId })
