/** Loads parts of a channel's history, and updates known posts after a lost connection. */
import { posts as operations, type Post, unreads as unreadOperations } from '@plausch/wire'
import type { Context } from '../noun.ts'
import { fillGap, type Gap, gapOf, knownUntil } from './catch-up.ts'
import type { Shelf } from './shelf.ts'
import { addPage, blockAt } from './timeline.ts'

const PAGE = 60
const AROUND = 30

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

/** Calls that load parts of the history into the shelf. `stops` counts how often events have stopped. */
const createPages = ({ call }: Context, shelf: Shelf, isCollapsed: () => boolean, stops: () => number) => {
  const once = shared()

  /**
   * Asks again if events stopped meanwhile. Otherwise posts that came between the answer and the next event
   * would be missing without a trace.
   */
  const current = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      const before = stops()
      const answer = await ask()
      if (before === stops()) return answer
    }
  }

  const list = (
    channelId: string,
    query: { before?: string; after?: string; since?: number; per_page?: number },
  ) =>
    call(operations.listInChannel, {
      params: { channel_id: channelId },
      query: { per_page: PAGE, skipFetchThreads: true, collapsedThreads: isCollapsed(), ...query },
    })

  const one = async (postId: string): Promise<Post> => {
    const post = shelf.records.base(postId) ?? (await call(operations.get, { params: { post_id: postId } }))
    shelf.put(post)
    return post
  }

  const loadNewest = (channelId: string): Promise<void> =>
    once(`newest/${channelId}`, async () =>
      shelf.addList(channelId, await current(() => list(channelId, {})), { newer: '' }),
    )

  return {
    loadNewest,
    loadUnread: (channelId: string): Promise<void> =>
      once(`unread/${channelId}`, async () => {
        const params = { user_id: 'me', channel_id: channelId }
        const sizes = { limit_before: AROUND, limit_after: PAGE }
        const query = { ...sizes, skipFetchThreads: true, collapsedThreads: isCollapsed() }
        shelf.addList(channelId, await current(() => call(unreadOperations.postsAround, { params, query })))
      }),
    loadOlder: (channelId: string, before: string): Promise<void> =>
      once(`before/${before}`, async () =>
        shelf.addList(channelId, await list(channelId, { before }), { newer: before }),
      ),
    loadNewer: (channelId: string, after: string): Promise<void> =>
      once(`after/${after}`, async () =>
        shelf.addList(channelId, await current(() => list(channelId, { after })), { older: after }),
      ),
    /** Loads what changed in posts; events have reported new and deleted posts. */
    refresh: (channelId: string, since: number): Promise<void> =>
      once(`refresh/${channelId}`, async () => {
        shelf.take(await list(channelId, { since }))
      }),
    /** Loads what changed since a gap. `isCurrent` is false if there was another one meanwhile. */
    catchUp: (channelId: string, gap: Gap, round: number, isCurrent: () => boolean): Promise<void> =>
      once(`since/${channelId}/${round}`, async () => {
        const changed = await list(channelId, { since: gap.since })
        if (isCurrent()) await fillGap(shelf, channelId, gap, changed, () => loadNewest(channelId))
      }),
    /**
     * Loads a post and its surroundings in the channel; those of its root, where replies are collapsed. Throws
     * a fault 404 if it does not exist or may not be read.
     */
    async loadAround(postId: string): Promise<Post> {
      const post = await one(postId)
      const center = post.root_id !== '' && isCollapsed() ? await one(post.root_id) : post
      const [before, after] = await shelf.needing([post.id, center.id], () =>
        current(() =>
          Promise.all([
            list(post.channel_id, { before: center.id, per_page: AROUND }),
            list(post.channel_id, { after: center.id, per_page: AROUND }),
          ]),
        ),
      )
      const ids = [...shelf.take(before), center.id, ...shelf.take(after)]
      const page = { ids, older: before.prev_post_id, newer: after.next_post_id }
      shelf.change(post.channel_id, (line) => addPage(line, page, shelf.timeOf))
      return post
    },
  }
}

/** Which channels may lack something, and from when on. */
const createGaps = (shelf: Shelf) => {
  /** Channels whose history may have changed while no events came. */
  const outdated = new Map<string, Gap>()
  /** The same, but events may continue where they stopped, and then nothing is missing. */
  const paused = new Map<string, Gap>()
  /**
   * The same for channels that were shown before: reactions are sent only to clients that show the channel.
   */
  const unseen = new Map<string, number>()
  /** Gaps about which the server is being asked. */
  const filling = new Map<string, Gap>()
  let stops = 0
  return {
    stops: (): number => stops,
    outdated,
    paused,
    unseen,
    filling,
    /** Events stop: what comes from now on does not show that everything before it is known. */
    pause(): void {
      stops += 1
      for (const channelId of shelf.timelines.keys())
        if (!paused.has(channelId)) paused.set(channelId, gapOf(shelf, channelId))
    },
    /** Events continue where they stopped. */
    resume: () => paused.clear(),
    /** Marks all known data as possibly incomplete. */
    distrust(): void {
      stops += 1
      for (const channelId of shelf.timelines.keys()) {
        const known = outdated.get(channelId) ?? paused.get(channelId) ?? gapOf(shelf, channelId)
        outdated.set(channelId, known)
      }
      paused.clear()
    },
    /** Is everything known that happened in the channel? */
    isWhole: (channelId: string): boolean =>
      !outdated.has(channelId) && !paused.has(channelId) && !filling.has(channelId),
    /** The time before which everything is known of a whole channel. */
    sinceOf: (channelId: string): number => unseen.get(channelId) ?? knownUntil(shelf, channelId),
    clear(): void {
      for (const each of [outdated, paused, unseen, filling]) each.clear()
    },
  }
}

type Pages = ReturnType<typeof createPages>
type Gaps = ReturnType<typeof createGaps>

/** Fills gaps; after each new one an answer about the one before is ignored. */
const createFilling = (pages: Pages, { outdated, unseen, filling }: Gaps) => {
  let round = 0
  return {
    nextRound(): void {
      round += 1
      for (const [channelId, gap] of filling) outdated.set(channelId, gap)
      filling.clear()
    },
    async catchUp(channelId: string, gap: Gap): Promise<void> {
      const mine = round
      outdated.delete(channelId)
      filling.set(channelId, gap)
      try {
        await pages.catchUp(channelId, gap, mine, () => mine === round)
        if (mine === round) unseen.delete(channelId)
      } catch (fault) {
        if (mine === round) outdated.set(channelId, gap)
        throw fault
      } finally {
        if (mine === round) filling.delete(channelId)
      }
    },
    async refresh(channelId: string, since: number): Promise<void> {
      unseen.delete(channelId)
      try {
        await pages.refresh(channelId, since)
      } catch (fault) {
        unseen.set(channelId, since)
        throw fault
      }
    },
  }
}

/**
 * `restore` brings the local copy of a channel, if there is one, and returns from when on it may be
 * incomplete.
 */
export const createHistory = (
  context: Context,
  shelf: Shelf,
  restore: (channelId: string) => Promise<Gap | undefined>,
  isCollapsed: () => boolean,
) => {
  const gaps = createGaps(shelf)
  const pages = createPages(context, shelf, isCollapsed, gaps.stops)
  const { outdated, unseen } = gaps
  const { catchUp, refresh, nextRound } = createFilling(pages, gaps)
  let shown = ''

  const restored = async (channelId: string): Promise<void> => {
    const gap = await restore(channelId)
    if (gap) outdated.set(channelId, gap)
  }

  const show = (channelId: string): void => {
    if (shown !== channelId && shelf.timelines.has(shown)) unseen.set(shown, gaps.sinceOf(shown))
    shown = channelId
  }

  const { loadOlder, loadNewer, loadAround } = pages
  const { isWhole, sinceOf, pause, resume } = gaps
  return {
    ...{ loadOlder, loadNewer, loadAround, restored, isWhole, sinceOf, pause, resume },
    distrust(): void {
      nextRound()
      gaps.distrust()
    },
    /**
     * Loads the newest part of a channel unless it is known or, with `toUnread`, the part around the first
     * unread message.
     */
    async open(channelId: string, toUnread = false): Promise<void> {
      show(channelId)
      await restored(channelId)
      const gap = outdated.get(channelId)
      if (gap) return await catchUp(channelId, gap)
      const since = unseen.get(channelId)
      if (since !== undefined) context.track(refresh(channelId, since))
      const block = blockAt(shelf.timelines.one(channelId) ?? [], '')
      if (!toUnread && block && (block.hasStart || block.ids.length >= PAGE / 2)) return
      await (toUnread ? pages.loadUnread(channelId) : pages.loadNewest(channelId))
    },
    clear(): void {
      nextRound()
      gaps.clear()
      shown = ''
    },
  }
}

export type History = ReturnType<typeof createHistory>
