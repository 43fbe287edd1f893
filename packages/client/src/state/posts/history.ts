/** Loads stretches of a channel's history, and brings what is known up to date after a loss of the connection. */
import { posts as operations, type Post, unreads as unreadOperations } from '@plausch/wire'
import type { Context } from '../noun.ts'
import type { Shelf } from './shelf.ts'
import { addKnown, addPage, blockAt, withoutEnd } from './timeline.ts'

const PAGE = 60
const AROUND = 30
/** The most that `since` answers; then something may be missing, and the history is loaded afresh. */
const SINCE_LIMIT = 1000
/** Asked for once more at resync: edits become visible a little after the time they carry. */
const SINCE_MARGIN_MS = 10_000

/** One load of a kind at a time; who asks meanwhile gets the same. */
const shared = () => {
  const running = new Map<string, Promise<void>>()
  return (key: string, load: () => Promise<void>): Promise<void> => {
    const known = running.get(key)
    if (known) return known
    const work = load().finally(() => running.delete(key))
    running.set(key, work)
    return work
  }
}

export const createHistory = ({ call, track }: Context, shelf: Shelf) => {
  const once = shared()
  /** Channels whose history may have changed while no events came, with the time from which on it is to be asked for. */
  const outdated = new Map<string, number>()
  /** The same for those that were shown before: reactions are told only to who shows the channel. */
  const unseen = new Map<string, number>()
  let shown = ''

  const list = (
    channelId: string,
    query: { before?: string; after?: string; since?: number; per_page?: number },
  ) =>
    call(operations.listInChannel, {
      params: { channel_id: channelId },
      query: { per_page: PAGE, skipFetchThreads: true, ...query },
    })

  const loadNewest = (channelId: string): Promise<void> =>
    once(`newest/${channelId}`, async () =>
      shelf.addList(channelId, await list(channelId, {}), { newer: '' }),
    )

  const loadUnread = (channelId: string): Promise<void> =>
    once(`unread/${channelId}`, async () => {
      const params = { user_id: 'me', channel_id: channelId }
      const query = { limit_before: AROUND, limit_after: PAGE, skipFetchThreads: true }
      shelf.addList(channelId, await call(unreadOperations.postsAround, { params, query }))
    })

  /** To be found out when events stop: what comes later would make it too late. */
  const lastKnown = (channelId: string): number => {
    const ids = (shelf.timelines.one(channelId) ?? []).flatMap((block) => block.ids)
    const times = ids.map((id) => shelf.records.one(id)?.update_at ?? 0)
    return Math.max(1, times.reduce((a, b) => Math.max(a, b), 0) - SINCE_MARGIN_MS)
  }

  /** Takes what changed around posts; that posts came or went was told. */
  const refresh = (channelId: string, since: number): Promise<void> =>
    once(`refresh/${channelId}`, async () => {
      shelf.take(await list(channelId, { since }))
    })

  const catchUp = (channelId: string, since: number): Promise<void> =>
    once(`since/${channelId}`, async () => {
      const { records, timelines, timeOf } = shelf
      const newest = blockAt(timelines.one(channelId) ?? [], '')?.ids ?? []
      shelf.change(channelId, withoutEnd)
      const changed = await list(channelId, { since })
      for (const post of Object.values(changed.posts)) {
        if (post.delete_at > 0 && post.original_id === '') shelf.remove(post)
      }
      const ids = shelf.take(changed)
      // The last post that is still there of those that were at the end; what is newer follows on it without a hole.
      const last = newest.findLast((id) => records.has(id))
      if (last === undefined || changed.order.length >= SINCE_LIMIT) return await loadNewest(channelId)
      const newer = ids.filter((id) => timeOf(id) > timeOf(last))
      shelf.change(channelId, (line) => {
        const filled = ids
          .filter((id) => !newer.includes(id))
          .reduce((all, id) => addKnown(all, id, timeOf), line)
        return addPage(filled, { ids: newer, older: last, newer: '' }, timeOf)
      })
    })

  return {
    /** Nothing that is known may be trusted to be complete any more. */
    distrust(): void {
      for (const channelId of shelf.timelines.keys())
        if (!outdated.has(channelId)) outdated.set(channelId, lastKnown(channelId))
    },
    /** Makes the newest part of a channel known, or, with `toUnread`, the part around the first unread message. */
    async open(channelId: string, toUnread = false): Promise<void> {
      if (shown !== channelId && shelf.timelines.has(shown)) unseen.set(shown, lastKnown(shown))
      shown = channelId
      const since = outdated.get(channelId)
      if (since !== undefined) {
        outdated.delete(channelId)
        unseen.delete(channelId)
        try {
          return await catchUp(channelId, since)
        } catch (fault) {
          outdated.set(channelId, since)
          throw fault
        }
      }
      const unseenSince = unseen.get(channelId)
      if (unseenSince !== undefined) {
        unseen.delete(channelId)
        const again = (fault: unknown): never => {
          unseen.set(channelId, unseenSince)
          throw fault
        }
        track(refresh(channelId, unseenSince).catch(again))
      }
      const block = blockAt(shelf.timelines.one(channelId) ?? [], '')
      if (block && (block.hasStart || block.ids.length >= PAGE / 2)) return
      await (toUnread ? loadUnread(channelId) : loadNewest(channelId))
    },
    loadOlder: (channelId: string, before: string): Promise<void> =>
      once(`before/${before}`, async () =>
        shelf.addList(channelId, await list(channelId, { before }), { newer: before }),
      ),
    loadNewer: (channelId: string, after: string): Promise<void> =>
      once(`after/${after}`, async () =>
        shelf.addList(channelId, await list(channelId, { after }), { older: after }),
      ),
    /** Loads a post and what lies around it. Throws a fault 404 if it does not exist or may not be read. */
    async loadAround(postId: string): Promise<Post> {
      const post = shelf.records.one(postId) ?? (await call(operations.get, { params: { post_id: postId } }))
      shelf.put(post)
      const [before, after] = await Promise.all([
        list(post.channel_id, { before: postId, per_page: AROUND }),
        list(post.channel_id, { after: postId, per_page: AROUND }),
      ])
      const ids = [...shelf.take(before), postId, ...shelf.take(after)]
      const page = { ids, older: before.prev_post_id, newer: after.next_post_id }
      shelf.change(post.channel_id, (line) => addPage(line, page, shelf.timeOf))
      return post
    },
    clear(): void {
      outdated.clear()
      unseen.clear()
      shown = ''
    },
  }
}
