/**
 * The local copies of channels that were shown lately: their last posts, and the time up to which the copy is
 * complete. A channel that is shown again is painted from its copy, and then asks what changed `since`.
 */
import type { Post } from '@plausch/wire'
import type { LocalWrite } from '../../local/database.ts'
import { batch } from '../../source.ts'
import type { Context } from '../noun.ts'
import type { Gap } from './catch-up.ts'
import type { History } from './history.ts'
import type { Shelf } from './shelf.ts'
import { addPage, blockAt } from './timeline.ts'

const MOST_POSTS = 60
const MOST_CHANNELS = 200
/** Several tabs write copies. The later one of two may know less, but not of what is older than this. */
const MARGIN_MS = 5 * 60_000

/**
 * `ids` are the last posts of the channel, oldest first, without replies if these were collapsed; `roots` are
 * posts that they answer.
 */
type Kept = { ids: string[]; roots: string[]; hasStart: boolean; since: number; isCollapsed?: boolean }

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray(Reflect.get(value, 'ids')) &&
  Array.isArray(Reflect.get(value, 'roots')) &&
  typeof Reflect.get(value, 'since') === 'number'

type Whole = Pick<History, 'isWhole' | 'sinceOf'>

/** What must be written: the changes of channels that this client has opened. */
const createWrites = (
  { records, timelines }: Shelf,
  opened: ReadonlySet<string>,
  isCollapsed: () => boolean,
) => {
  const dirtyPosts = new Set<string>()
  const dirtyChannels = new Set<string>()
  /** The stored posts of each channel, and the channel of each stored post. */
  const stored = new Map<string, ReadonlySet<string>>()
  const channelOf = new Map<string, string>()

  const note = (channelId: string, ids: ReadonlySet<string>): void => {
    for (const id of stored.get(channelId) ?? []) if (!ids.has(id)) channelOf.delete(id)
    for (const id of ids) channelOf.set(id, channelId)
    stored.set(channelId, ids)
  }

  const ofChannel = (channelId: string, { sinceOf }: Whole): LocalWrite[] => {
    const block = blockAt(timelines.one(channelId) ?? [], '')
    if (!block) return []
    const ids = block.ids.slice(-MOST_POSTS)
    const roots = [...new Set(ids.map((id) => records.base(id)?.root_id ?? ''))].filter(
      (id) => id !== '' && records.base(id) !== undefined,
    )
    const wanted = new Set([...ids, ...roots])
    const before = stored.get(channelId) ?? new Set()
    const posts = [...wanted].filter((id) => !before.has(id) || dirtyPosts.has(id))
    const gone = [...before].filter((id) => !wanted.has(id))
    note(channelId, wanted)
    const hasStart = block.hasStart && block.ids.length <= MOST_POSTS
    const kept: Kept = { ids, roots, hasStart, since: sinceOf(channelId), isCollapsed: isCollapsed() }
    return [
      ...posts.map((id): LocalWrite => ({ table: 'posts', key: id, value: records.base(id) })),
      ...gone.map((id): LocalWrite => ({ table: 'posts', key: id })),
      { table: 'timelines', key: channelId, value: kept },
    ]
  }

  return {
    dirtyPosts,
    dirtyChannels,
    note,
    /** Returns what must be written. Channels with a gap wait until it is filled. */
    collect(whole: Whole): LocalWrite[] {
      for (const id of dirtyPosts) {
        const channelId = records.base(id)?.channel_id ?? channelOf.get(id)
        if (channelId !== undefined && opened.has(channelId)) dirtyChannels.add(channelId)
      }
      const ready = [...dirtyChannels].filter((id) => opened.has(id) && whole.isWhole(id))
      const writes = ready.flatMap((channelId) => ofChannel(channelId, whole))
      for (const id of ready) dirtyChannels.delete(id)
      if (dirtyChannels.size === 0) dirtyPosts.clear()
      return writes
    },
    forget(channelId: string): void {
      note(channelId, new Set())
      stored.delete(channelId)
      dirtyChannels.delete(channelId)
    },
    clear(): void {
      for (const each of [dirtyPosts, dirtyChannels, stored, channelOf]) each.clear()
    },
  }
}

/** Reads and deletes stored channels. */
const createReading = ({ device }: Context) => {
  const read = async (channelId: string): Promise<{ kept: Kept; posts: Post[] } | undefined> => {
    const [kept] = (await device.readSome('timelines', [channelId])) ?? []
    if (!isKept(kept)) return undefined
    const found = (await device.readSome('posts', [...kept.ids, ...kept.roots])) ?? []
    return { kept, posts: found.filter((post): post is Post => post !== undefined) }
  }
  return {
    read,
    async drop(channelId: string): Promise<void> {
      const known = await read(channelId)
      const posts = known?.posts.map(({ id }): LocalWrite => ({ table: 'posts', key: id })) ?? []
      await device.write([...posts, { table: 'timelines', key: channelId }])
    },
  }
}

/** Puts what was stored on the shelf; returns from when on it may be incomplete. */
const putBack = (
  shelf: Shelf,
  channelId: string,
  { ids: all, hasStart, since }: Kept,
  posts: readonly Post[],
): Gap => {
  const there = new Set(posts.map(({ id }) => id))
  const ids = all.filter((id) => there.has(id))
  for (const post of posts) if (shelf.records.base(post.id) === undefined) shelf.put(post)
  const page = { ids, older: hasStart ? '' : '-', newer: '' }
  shelf.change(channelId, (line) => addPage(line, page, shelf.timeOf))
  return { since: Math.max(1, since - MARGIN_MS), lastAt: shelf.timeOf(ids.at(-1) ?? '') }
}

/** The channels shown lately, the last one first. */
const createVisits = ({ device, track }: Context, drop: (channelId: string) => Promise<void>) => {
  let all: readonly string[] = []
  return {
    get: (): readonly string[] => all,
    set(ids: readonly string[]): void {
      all = ids
    },
    add(channelId: string): void {
      if (all[0] === channelId) return
      const ids = [channelId, ...all.filter((id) => id !== channelId)]
      all = ids.slice(0, MOST_CHANNELS)
      for (const id of ids.slice(MOST_CHANNELS)) track(drop(id))
      device.later(() => [{ table: 'home', key: 'visits', value: all }])
    },
  }
}

export const createKept = (context: Context, shelf: Shelf, isCollapsed: () => boolean) => {
  const { device, track } = context
  const { read, drop } = createReading(context)
  const visits = createVisits(context, drop)
  /** Channels whose copy was read, or that have none. */
  const opened = new Set<string>()
  let epoch = 0
  const writes = createWrites(shelf, opened, isCollapsed)

  return {
    /** Puts the copy of a channel on the shelf; returns from when on it may be incomplete. Only once. */
    async restore(channelId: string): Promise<Gap | undefined> {
      visits.add(channelId)
      if (opened.has(channelId)) return undefined
      opened.add(channelId)
      const mine = epoch
      const found = await read(channelId)
      if (!found || mine !== epoch) return undefined
      writes.note(channelId, new Set(found.posts.map(({ id }) => id)))
      // Since it was stored, replies have moved into their threads, or back: the copy lacks some, or has others.
      if ((found.kept.isCollapsed ?? false) !== isCollapsed()) return undefined
      return batch(() => device.quietly(() => putBack(shelf, channelId, found.kept, found.posts)))
    },
    /** Writes copies of what changes from now on. */
    follow(whole: Whole): void {
      const collect = (): LocalWrite[] => writes.collect(whole)
      shelf.timelines.watchKeys((channelId) => {
        if (!opened.has(channelId) || device.isQuiet()) return
        writes.dirtyChannels.add(channelId)
        device.later(collect)
      })
      shelf.records.watchKeys((id) => {
        if (device.isQuiet()) return
        writes.dirtyPosts.add(id)
        device.later(collect)
      })
    },
    /** A post was deleted, perhaps in a channel that is not open. */
    dropPost: (id: string): void => device.later(() => [{ table: 'posts', key: id }]),
    /** The reader has left a channel. */
    dropChannel(channelId: string): void {
      opened.delete(channelId)
      visits.set(visits.get().filter((id) => id !== channelId))
      writes.forget(channelId)
      track(drop(channelId))
    },
    visits: visits.get,
    setVisits: visits.set,
    clear(): void {
      epoch += 1
      opened.clear()
      visits.set([])
      writes.clear()
    },
  }
}
