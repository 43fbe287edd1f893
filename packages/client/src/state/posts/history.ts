/** Loads parts of a channel's history, and updates known posts after a lost connection. */
import { posts as operations, type Post, unreads as unreadOperations } from '@plausch/wire'
import type { Context } from '../noun.ts'
import type { Shelf } from './shelf.ts'
import { addKnown, addPage, blockAt, withoutEnd } from './timeline.ts'

const PAGE = 60
const AROUND = 30
/** The most posts that `since` returns. With so many, some may be missing: the history is loaded again. */
const SINCE_LIMIT = 1000
/** Extra time before the gap: an edit becomes visible a little after its time of change. */
const SINCE_MARGIN_MS = 10_000

/** One load of a kind at a time; callers meanwhile share it. */
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

export const createHistory = ({ call, track }: Context, shelf: Shelf, isCollapsed: () => boolean) => {
  const once = shared()
  /** Channels whose history may have changed while no events came, with the time from which to ask. */
  const outdated = new Map<string, number>()
  /**
   * The same for channels that were shown before: reactions are sent only to clients that show the channel.
   */
  const unseen = new Map<string, number>()
  let shown = ''

  const list = (
    channelId: string,
    query: { before?: string; after?: string; since?: number; per_page?: number },
  ) =>
    call(operations.listInChannel, {
      params: { channel_id: channelId },
      query: { per_page: PAGE, skipFetchThreads: true, collapsedThreads: isCollapsed(), ...query },
    })

  const one = async (postId: string): Promise<Post> => {
    const post = shelf.records.one(postId) ?? (await call(operations.get, { params: { post_id: postId } }))
    shelf.put(post)
    return post
  }

  const loadNewest = (channelId: string): Promise<void> =>
    once(`newest/${channelId}`, async () =>
      shelf.addList(channelId, await list(channelId, {}), { newer: '' }),
    )

  const loadUnread = (channelId: string): Promise<void> =>
    once(`unread/${channelId}`, async () => {
      const params = { user_id: 'me', channel_id: channelId }
      const query = {
        limit_before: AROUND,
        limit_after: PAGE,
        skipFetchThreads: true,
        collapsedThreads: isCollapsed(),
      }
      shelf.addList(channelId, await call(unreadOperations.postsAround, { params, query }))
    })

  /** Must be called when events stop: later posts would hide the time of the gap. */
  const lastKnown = (channelId: string): number => {
    const ids = (shelf.timelines.one(channelId) ?? []).flatMap((block) => block.ids)
    const times = ids.map((id) => shelf.records.one(id)?.update_at ?? 0)
    return Math.max(1, times.reduce((a, b) => Math.max(a, b), 0) - SINCE_MARGIN_MS)
  }

  /** Loads what changed in posts; events have reported new and deleted posts. */
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
      // The last of the newest posts that still exists; newer ones follow it without a hole.
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
    /** Marks all known data as possibly incomplete. */
    distrust(): void {
      for (const channelId of shelf.timelines.keys())
        if (!outdated.has(channelId)) outdated.set(channelId, lastKnown(channelId))
    },
    /** Loads the newest part of a channel or, with `toUnread`, the part around the first unread message. */
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
    /**
     * Loads a post and its surroundings in the channel; those of its root, where replies are collapsed. Throws
     * a fault 404 if it does not exist or may not be read.
     */
    async loadAround(postId: string): Promise<Post> {
      const post = await one(postId)
      const center = post.root_id !== '' && isCollapsed() ? await one(post.root_id) : post
      const [before, after] = await Promise.all([
        list(post.channel_id, { before: center.id, per_page: AROUND }),
        list(post.channel_id, { after: center.id, per_page: AROUND }),
      ])
      const ids = [...shelf.take(before), center.id, ...shelf.take(after)]
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
