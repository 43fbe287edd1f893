/**
 * What the client forgets of the history: a channel or thread that stays open for days, or that nobody looks
 * at, keeps its newest part. What was dropped is loaded again like any other part of the history. Loaded when
 * there is something to forget (`tidying.ts`).
 */
import type { Post } from '@plausch/wire'
import type { Layered } from '../../layered.ts'
import type { Collection } from '../../source.ts'
import type { Block, Timeline } from './timeline.ts'

/** So many posts a list keeps that follows its end, and a closed one. The local copy has 60. */
const OPEN = 300
const CLOSED = 100
/** So many posts beside the one where a reader left a list. */
const AROUND = 60
/** So many threads keep their replies, those that were opened last. */
const THREADS = 30

/** The indices `from` (included) to `until` (excluded) of a block. */
type Part = readonly [from: number, until: number]

/** Joins parts that overlap or touch; they must be in order. */
const join = (parts: readonly Part[]): Part[] => {
  const joined: Part[] = []
  for (const [from, until] of parts) {
    const last = joined.at(-1)
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], until)]
    else joined.push([from, until])
  }
  return joined
}

/** The parts of a block that stay, as blocks of their own. */
const partsOf = (block: Block, most: number, places: ReadonlySet<string>): Block[] => {
  const { ids, hasStart, hasEnd } = block
  const length = ids.length
  const wanted: Part[] = []
  for (const [at, id] of ids.entries())
    if (places.has(id)) wanted.push([Math.max(0, at - AROUND), Math.min(length, at + AROUND + 1)])
  if (hasEnd) wanted.push([Math.max(0, length - most), length])
  const parts = join(wanted)
  const [first] = parts
  if (first && first[0] === 0 && first[1] === length) return [block]
  return parts.map(([from, until]) => ({
    ids: ids.slice(from, until),
    hasStart: hasStart && from === 0,
    hasEnd: hasEnd && until === length,
  }))
}

/**
 * The newest `most` posts of a timeline, and the surroundings of `places`. Where posts are dropped, a hole
 * remains. Returns the same timeline if nothing is dropped.
 */
export const trimmed = (timeline: Timeline, most: number, places: ReadonlySet<string>): Timeline => {
  const next = timeline.flatMap((block) => partsOf(block, most, places))
  return next.length === timeline.length && next.every((block, at) => block === timeline[at])
    ? timeline
    : next
}

/** All that a pass looks at. */
export type Kept = {
  records: Layered<Post>
  timelines: Collection<Timeline>
  /** The replies of opened threads. */
  replies: Collection<Timeline>
  /** Lists (ids of channels, or of roots) whose readers are at their end. */
  following: ReadonlySet<string>
  /** Posts that stay wherever they are, and those whose surroundings stay, too. */
  held(): Iterable<string>
  places(): Iterable<string>
}

const trimAll = (
  lists: Collection<Timeline>,
  following: ReadonlySet<string>,
  places: ReadonlySet<string>,
) => {
  for (const key of lists.keys()) {
    // A reader in the middle of the history may scroll anywhere.
    if (lists.isWatched(key) && !following.has(key)) continue
    lists.update(key, (line) => trimmed(line, lists.isWatched(key) ? OPEN : CLOSED, places))
  }
}

/** Drops the replies of threads that were opened long ago. */
const dropThreads = (replies: Collection<Timeline>): void => {
  const closed = replies.keys().filter((rootId) => !replies.isWatched(rootId))
  for (const rootId of closed.slice(0, Math.max(0, closed.length - THREADS))) replies.delete(rootId)
}

/**
 * One pass. A post is dropped in the second pass that finds it unused, so that what is just being loaded
 * finds its place meanwhile: `unused` are those that the last pass found. Returns those of this one.
 */
export const trimPosts = (kept: Kept, unused: ReadonlySet<string>): string[] => {
  const { records, timelines, replies, following } = kept
  const places = new Set(kept.places())
  trimAll(timelines, following, places)
  dropThreads(replies)
  trimAll(replies, following, places)
  const used = new Set([...places, ...kept.held()])
  for (const lists of [timelines, replies])
    for (const line of lists.get()) for (const { ids } of line) for (const id of ids) used.add(id)
  for (const id of [...used]) used.add(records.base(id)?.root_id ?? '')
  for (const rootId of replies.keys()) used.add(rootId)
  const found = records.keys().filter((id) => !used.has(id) && !records.isWatched(id) && !records.isLaid(id))
  for (const id of found) if (unused.has(id)) records.delete(id)
  return found.filter((id) => !unused.has(id))
}
