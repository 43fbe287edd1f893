/** The known posts, and their places in the history of their channels. Only this file changes either. */
import type { Post, PostList } from '@plausch/wire'
import { Layered } from '../../layered.ts'
import { Collection } from '../../source.ts'
import type { Users } from '../users.ts'
import { addNewest, addPage, type Page, type Timeline, without } from './timeline.ts'

/** Is it a post to show? Former versions of edited posts and deleted ones are not. */
const isLive = (post: Post | undefined): boolean =>
  post !== undefined && post.delete_at === 0 && post.original_id === ''

/** The posts of a list that belong in the timeline, oldest first. */
const orderOf = (list: PostList): string[] => list.order.filter((id) => isLive(list.posts[id])).reverse()

/** The known posts, without their order. */
const createRecords = (users: Users) => {
  const records = new Layered<Post>()
  /** Deleted posts: an answer that was written before the deletion does not bring them back. */
  const removed = new Set<string>()

  /** Was a post deleted, by itself or with its thread? */
  const isGone = ({ id, root_id }: Pick<Post, 'id' | 'root_id'>): boolean =>
    removed.has(id) || removed.has(root_id)

  const put = (post: Post): void => {
    if (isGone(post)) return
    const known = records.base(post.id)
    if (known && post.update_at < known.update_at) return
    // A post keeps the id under which it was sent: lists know the row by it.
    const pendingId = post.pending_post_id || (known?.pending_post_id ?? '')
    records.set(post.id, { ...post, pending_post_id: pendingId })
    users.ensure([post.user_id])
  }

  return { records, removed, isGone, put }
}

export const createShelf = (users: Users) => {
  const { records, removed, isGone, put } = createRecords(users)
  const timelines = new Collection<Timeline>()
  /** Posts that have no place yet, because their neighbours are being loaded. */
  const loading = new Set<readonly string[]>()
  // A post whose deletion the server does not know yet keeps its place.
  const timeOf = (id: string): number => records.base(id)?.create_at ?? 0

  const change = (channelId: string, edit: (timeline: Timeline) => Timeline): void => {
    timelines.set(channelId, edit(timelines.one(channelId) ?? []))
  }

  /** Stores the posts of a list; returns the ids that belong in the timeline, oldest first. */
  const take = (list: PostList): string[] => {
    for (const post of Object.values(list.posts)) if (isLive(post)) put(post)
    return orderOf(list).filter((id) => !isGone({ id, root_id: list.posts[id]?.root_id ?? '' }))
  }

  /** Removes a post and its replies. */
  const remove = (post: Pick<Post, 'id' | 'channel_id'>): void => {
    const gone = new Set([post.id])
    for (const each of records.get()) if (each.root_id === post.id) gone.add(each.id)
    if (timelines.has(post.channel_id)) change(post.channel_id, (timeline) => without(timeline, gone))
    for (const id of gone) {
      removed.add(id)
      records.delete(id)
    }
  }

  return {
    records,
    timelines,
    timeOf,
    put,
    change,
    take,
    remove,
    loading: (): readonly string[] => [...loading].flat(),
    /** Does work during which these posts are needed, wherever they are. */
    async needing<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
      loading.add(ids)
      try {
        return await work()
      } finally {
        loading.delete(ids)
      }
    },
    /** Adds a part of the history from the server; `ends` overrides its neighbours. */
    addList(channelId: string, list: PostList, ends: Partial<Pick<Page, 'older' | 'newer'>> = {}): void {
      const page = { ids: take(list), older: list.prev_post_id, newer: list.next_post_id, ...ends }
      change(channelId, (timeline) => addPage(timeline, page, timeOf))
    },
    /** Adds a post that has just been written. */
    addNewest(post: Post): void {
      if (isGone(post)) return
      put(post)
      change(post.channel_id, (timeline) => addNewest(timeline, post.id, timeOf))
    },
    /** Drops a channel with its posts, because its reader has left it. */
    forget(channelId: string): void {
      timelines.delete(channelId)
      for (const post of records.get()) if (post.channel_id === channelId) records.delete(post.id)
    },
    clear(): void {
      removed.clear()
      records.clear()
      timelines.clear()
    },
  }
}

export type Shelf = ReturnType<typeof createShelf>
