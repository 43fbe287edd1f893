/** Posts, and for every channel the stretches of its history that are known. */
import { type Post, type PostList, posts as operations, unreads as unreadOperations } from '@plausch/wire'
import { ApiFault } from '../../api.ts'
import { Collection } from '../../source.ts'
import type { Context, Noun } from '../noun.ts'
import type { Users } from '../users.ts'
import { createOutbox } from './outbox.ts'
import { addKnown, addNewest, addPage, blockAt, type Page, type Timeline, without, withoutEnd } from './timeline.ts'

const PAGE = 60
/** The most that `since` answers; then something may be missing, and the history is loaded afresh. */
const SINCE_LIMIT = 1000
/** Asked for once more at resync: edits become visible a little after the time they carry. */
const SINCE_MARGIN_MS = 10_000

export const createPosts = (context: Context, users: Users) => {
  const { call, me, track } = context
  const records = new Collection<Post>()
  const timelines = new Collection<Timeline>()
  /** Channels whose history may have changed while no events came. */
  const outdated = new Set<string>()
  const loading = new Map<string, Promise<void>>()
  const asked = new Set<string>()
  const timeOf = (id: string): number => records.one(id)?.create_at ?? 0

  const put = (post: Post): void => {
    const known = records.one(post.id)
    if (known && post.update_at < known.update_at) return
    // The id under which it was sent stays with it: lists know the row by it.
    const pendingId = post.pending_post_id || (known?.pending_post_id ?? '')
    records.set(post.id, { ...post, pending_post_id: pendingId })
    users.ensure([post.user_id])
  }

  const change = (channelId: string, edit: (timeline: Timeline) => Timeline): void => {
    timelines.set(channelId, edit(timelines.one(channelId) ?? []))
  }

  const remove = (post: Pick<Post, 'id' | 'channel_id'>): void => {
    const gone = new Set([post.id])
    for (const each of records.get()) if (each.root_id === post.id) gone.add(each.id)
    if (timelines.has(post.channel_id)) change(post.channel_id, (timeline) => without(timeline, gone))
    for (const id of gone) records.delete(id)
  }

  const arrived = (post: Post): void => {
    put(post)
    outbox.settle(post)
    change(post.channel_id, (timeline) => addNewest(timeline, post.id, timeOf))
  }
  const outbox = createOutbox(context, arrived)

  /** Keeps the posts of a list; answers the ids that belong in the timeline, oldest first. */
  const take = (list: PostList): string[] => {
    for (const post of Object.values(list.posts)) if (post.delete_at === 0 && post.original_id === '') put(post)
    return list.order.filter((id) => list.posts[id]?.delete_at === 0 && list.posts[id]?.original_id === '').reverse()
  }

  const addList = (channelId: string, list: PostList, ends: Partial<Pick<Page, 'older' | 'newer'>> = {}): void => {
    const page = { ids: take(list), older: list.prev_post_id, newer: list.next_post_id, ...ends }
    change(channelId, (timeline) => addPage(timeline, page, timeOf))
  }

  /** One load of a kind at a time; who asks meanwhile gets the same. */
  const once = (key: string, load: () => Promise<void>): Promise<void> => {
    const running = loading.get(key)
    if (running) return running
    const work = load().finally(() => loading.delete(key))
    loading.set(key, work)
    return work
  }

  const loadNewest = (channelId: string): Promise<void> =>
    once(`newest/${channelId}`, async () => {
      const query = { page: 0, per_page: PAGE, skipFetchThreads: true }
      addList(channelId, await call(operations.listInChannel, { params: { channel_id: channelId }, query }), { newer: '' })
    })

  const loadUnread = (channelId: string): Promise<void> =>
    once(`unread/${channelId}`, async () => {
      const params = { user_id: 'me', channel_id: channelId }
      const query = { limit_before: 30, limit_after: PAGE, skipFetchThreads: true }
      addList(channelId, await call(unreadOperations.postsAround, { params, query }))
    })

  const catchUp = (channelId: string): Promise<void> =>
    once(`since/${channelId}`, async () => {
      const timeline = timelines.one(channelId) ?? []
      const known = timeline.flatMap(({ ids }) => ids).flatMap((id) => records.one(id) ?? [])
      const newest = blockAt(timeline, '')?.ids ?? []
      const since = Math.max(1, Math.max(0, ...known.map((post) => post.update_at)) - SINCE_MARGIN_MS)
      change(channelId, withoutEnd)
      const list = await call(operations.listInChannel, {
        params: { channel_id: channelId },
        query: { since, skipFetchThreads: true },
      })
      for (const post of Object.values(list.posts)) if (post.delete_at > 0 && post.original_id === '') remove(post)
      const ids = take(list)
      // The last post that is still there of those that were at the end; what is newer follows on it without a hole.
      const last = newest.findLast((id) => records.has(id))
      if (last === undefined || list.order.length >= SINCE_LIMIT) return await loadNewest(channelId)
      const newer = ids.filter((id) => timeOf(id) > timeOf(last))
      change(channelId, (line) => {
        const filled = ids.filter((id) => !newer.includes(id)).reduce((all, id) => addKnown(all, id, timeOf), line)
        return addPage(filled, { ids: newer, older: last, newer: '' }, timeOf)
      })
    })

  const noun: Noun = {
    on: {
      posted: ({ post }) => arrived(post),
      post_edited: ({ post }) => {
        if (records.has(post.id)) put(post)
      },
      post_deleted: ({ post }) => remove(post),
      user_removed: ({ user_id = '', channel_id = '' }, { broadcast }) => {
        if (channel_id !== '') timelines.delete(channel_id)
        else if (user_id === me()) timelines.delete(broadcast.channel_id)
      },
    },
    load() {
      for (const channelId of timelines.keys()) outdated.add(channelId)
    },
    clear() {
      records.clear()
      timelines.clear()
      outbox.clear()
      outdated.clear()
      asked.clear()
    },
  }

  return {
    ...noun,
    records,
    timelines,
    outbox,
    /** Makes the newest part of a channel known, or, with `toUnread`, the part around the first unread message. */
    async open(channelId: string, toUnread = false): Promise<void> {
      if (outdated.delete(channelId)) {
        try {
          return await catchUp(channelId)
        } catch (fault) {
          outdated.add(channelId)
          throw fault
        }
      }
      const block = blockAt(timelines.one(channelId) ?? [], '')
      if (block && (block.hasStart || block.ids.length >= PAGE / 2)) return
      await (toUnread ? loadUnread(channelId) : loadNewest(channelId))
    },
    loadNewest,
    loadOlder: (channelId: string, before: string): Promise<void> =>
      once(`before/${before}`, async () => {
        const query = { before, per_page: PAGE, skipFetchThreads: true }
        const list = await call(operations.listInChannel, { params: { channel_id: channelId }, query })
        addList(channelId, list, { newer: before })
      }),
    loadNewer: (channelId: string, after: string): Promise<void> =>
      once(`after/${after}`, async () => {
        const query = { after, per_page: PAGE, skipFetchThreads: true }
        const list = await call(operations.listInChannel, { params: { channel_id: channelId }, query })
        addList(channelId, list, { older: after })
      }),
    /** Loads a post and what lies around it. Throws a fault 404 if it does not exist or may not be read. */
    async loadAround(postId: string): Promise<Post> {
      const post = records.one(postId) ?? (await call(operations.get, { params: { post_id: postId } }))
      put(post)
      const inChannel = { params: { channel_id: post.channel_id } }
      const [before, after] = await Promise.all([
        call(operations.listInChannel, { ...inChannel, query: { before: postId, per_page: 30, skipFetchThreads: true } }),
        call(operations.listInChannel, { ...inChannel, query: { after: postId, per_page: 30, skipFetchThreads: true } }),
      ])
      const ids = [...take(before), postId, ...take(after)]
      change(post.channel_id, (line) =>
        addPage(line, { ids, older: before.prev_post_id, newer: after.next_post_id }, timeOf),
      )
      return post
    },
    /** Makes single posts known, such as those that replies refer to. */
    ensure(ids: readonly string[]): void {
      const missing = ids.filter((id) => id !== '' && !records.has(id) && !asked.has(id))
      if (missing.length === 0) return
      for (const id of missing) asked.add(id)
      const load = async (): Promise<void> => {
        for (const post of await call(operations.listByIds, { body: missing })) if (post.delete_at === 0) put(post)
      }
      track(load())
    },
    /** Shows the new text at once; goes back if the server refuses. */
    async edit(postId: string, message: string): Promise<void> {
      const before = records.one(postId)
      if (!before) return
      const shown = { ...before, message }
      records.set(postId, shown)
      try {
        put(await call(operations.patch, { params: { post_id: postId }, body: { message } }))
      } catch (fault) {
        if (records.one(postId) === shown) records.set(postId, before)
        throw fault
      }
    },
    async remove(postId: string): Promise<void> {
      const post = records.one(postId)
      try {
        await call(operations.remove, { params: { post_id: postId } })
      } catch (fault) {
        // Somebody else was faster.
        if (!(fault instanceof ApiFault && fault.status === 404)) throw fault
      }
      if (post) remove(post)
    },
  }
}

export type Posts = ReturnType<typeof createPosts>
