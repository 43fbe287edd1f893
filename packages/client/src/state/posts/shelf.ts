/** The known posts, and their places in the history of their channels. Only this file changes either. */
import type { Post, PostList } from '@plausch/wire'
import { Collection } from '../../source.ts'
import type { Users } from '../users.ts'
import { addNewest, addPage, type Page, type Timeline, without } from './timeline.ts'

export const createShelf = (users: Users) => {
  const records = new Collection<Post>()
  const timelines = new Collection<Timeline>()
  const timeOf = (id: string): number => records.one(id)?.create_at ?? 0

  /** Posts that were deleted: a reply that the server made before that may still come. */
  const gone = new Set<string>()
  const isGone = (post: Pick<Post, 'id' | 'root_id'>): boolean => gone.has(post.id) || gone.has(post.root_id)

  const put = (post: Post): void => {
    if (isGone(post)) return
    const known = records.one(post.id)
    if (known && post.update_at < known.update_at) return
    // A post keeps the id under which it was sent: lists know the row by it.
    const pendingId = post.pending_post_id || (known?.pending_post_id ?? '')
    records.set(post.id, { ...post, pending_post_id: pendingId })
    users.ensure([post.user_id])
  }

  const change = (channelId: string, edit: (timeline: Timeline) => Timeline): void => {
    timelines.set(channelId, edit(timelines.one(channelId) ?? []))
  }

  /**
   * Stores the posts of a list; returns the ids that belong in the timeline, oldest first. Former versions of
   * edited posts do not.
   */
  const take = (list: PostList): string[] => {
    for (const post of Object.values(list.posts))
      if (post.delete_at === 0 && post.original_id === '') put(post)
    return list.order
      .filter((id) => {
        const post = list.posts[id]
        return post !== undefined && post.delete_at === 0 && post.original_id === '' && !isGone(post)
      })
      .reverse()
  }

  return {
    records,
    timelines,
    timeOf,
    put,
    change,
    take,
    /** Adds a part of the history from the server; `ends` overrides its neighbours. */
    addList(channelId: string, list: PostList, ends: Partial<Pick<Page, 'older' | 'newer'>> = {}): void {
      const page = { ids: take(list), older: list.prev_post_id, newer: list.next_post_id, ...ends }
      change(channelId, (timeline) => addPage(timeline, page, timeOf))
    },
    /** Adds a post that has just been written. */
    addNewest(post: Post): void {
      put(post)
      if (!isGone(post)) change(post.channel_id, (timeline) => addNewest(timeline, post.id, timeOf))
    },
    /** Removes a post and its replies. */
    remove(post: Pick<Post, 'id' | 'channel_id'>): void {
      const removed = new Set([post.id])
      for (const each of records.get()) if (each.root_id === post.id) removed.add(each.id)
      if (timelines.has(post.channel_id)) change(post.channel_id, (timeline) => without(timeline, removed))
      for (const id of removed) records.delete(id)
      gone.add(post.id)
    },
    clear(): void {
      records.clear()
      timelines.clear()
      gone.clear()
    },
  }
}

export type Shelf = ReturnType<typeof createShelf>
