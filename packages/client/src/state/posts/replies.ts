/** The replies of the threads that a screen has opened, each in a timeline that begins with its root. */
import { posts as operations, type Post } from '@plausch/wire'
import { Collection } from '../../source.ts'
import type { Context } from '../noun.ts'
import type { Shelf } from './shelf.ts'
import { addNewest, addPage, blockAt, type Page, type Timeline, without } from './timeline.ts'

const PAGE = 60
/** The most that is loaded at once to reach the first unread reply, or to catch up. */
const MOST = 1000
/** Stands for replies that are there, but whose ids are not known yet. */
const UNKNOWN = '?'

type Direction = 'up' | 'down'

/** Replies of a thread before or after one of them, or its newest. */
const createPages = ({ call }: Context, shelf: Shelf) => {
  return async (rootId: string, direction: Direction, fromPost: string, perPage: number): Promise<Page> => {
    const list = await call(operations.thread, {
      params: { post_id: rootId },
      query: { perPage, direction, fromPost, skipFetchThreads: true },
    })
    const ids = shelf.take(list).filter((id) => id !== rootId && id !== fromPost)
    const rest = list.has_next ? UNKNOWN : ''
    if (direction === 'down') return { ids, older: fromPost, newer: rest }
    // Nothing is above the first reply but the root.
    return { ids: rest === '' ? [rootId, ...ids] : ids, older: rest, newer: fromPost }
  }
}

export const createReplies = (context: Context, shelf: Shelf) => {
  const timelines = new Collection<Timeline>()
  /** Threads whose timeline may miss replies, because no events came for a while. */
  const outdated = new Set<string>()
  const pageOf = createPages(context, shelf)

  const change = (rootId: string, edit: (line: Timeline) => Timeline): void =>
    timelines.set(rootId, edit(timelines.one(rootId) ?? []))
  const add = (rootId: string, page: Page): void =>
    change(rootId, (line) => addPage(line, page, shelf.timeOf))

  return {
    timelines,
    /** Loads the newest replies, at least `least` of them; known ones are loaded again after a gap. */
    async open(rootId: string, least = 0): Promise<void> {
      const known = blockAt(timelines.one(rootId) ?? [], '')
      const isKnown = known !== undefined && (known.hasStart || known.ids.length >= least)
      if (isKnown && !outdated.has(rootId)) return
      const wanted = Math.min(MOST, Math.max(PAGE, least, known?.ids.length ?? 0))
      const page = await pageOf(rootId, 'up', '', wanted)
      // Replies that came by event meanwhile are newer than the page.
      const newest = page.ids.at(-1) ?? ''
      const later = (blockAt(timelines.one(rootId) ?? [], '')?.ids ?? []).filter(
        (id) => shelf.records.has(id) && shelf.timeOf(id) > shelf.timeOf(newest),
      )
      if (outdated.delete(rootId)) timelines.set(rootId, [])
      add(rootId, { ...page, ids: [...page.ids, ...later] })
    },
    loadOlder: async (rootId: string, before: string): Promise<void> =>
      add(rootId, await pageOf(rootId, 'up', before, PAGE)),
    loadNewer: async (rootId: string, after: string): Promise<void> =>
      add(rootId, await pageOf(rootId, 'down', after, PAGE)),
    /** Loads a reply and its surroundings. */
    async loadAround(rootId: string, replyId: string): Promise<void> {
      const [before, after] = await shelf.needing([rootId, replyId], () =>
        Promise.all([pageOf(rootId, 'up', replyId, PAGE), pageOf(rootId, 'down', replyId, PAGE)]),
      )
      add(rootId, { ...before, ids: [...before.ids, replyId, ...after.ids], newer: after.newer })
    },
    arrived(reply: Post): void {
      if (timelines.has(reply.root_id))
        change(reply.root_id, (line) => addNewest(line, reply.id, shelf.timeOf))
    },
    removed(post: Pick<Post, 'id' | 'root_id'>): void {
      timelines.delete(post.id)
      if (timelines.has(post.root_id)) change(post.root_id, (line) => without(line, new Set([post.id])))
    },
    distrust(): void {
      for (const rootId of timelines.keys()) outdated.add(rootId)
    },
    /** Forgets the threads of a channel whose posts may not be seen any more. */
    forgetIn(channelId: string): void {
      for (const rootId of timelines.keys())
        if (shelf.records.one(rootId)?.channel_id === channelId) timelines.delete(rootId)
    },
    clear(): void {
      timelines.clear()
      outdated.clear()
    },
  }
}

export type Replies = ReturnType<typeof createReplies>
