/**
 * The known posts of a channel: blocks without holes, in order, with unknown parts between them. Pure
 * functions; a timeline is never changed, only replaced.
 */
export type Block = {
  /** Ids, oldest first. */
  ids: readonly string[]
  /** The first post is the oldest of the channel. */
  hasStart: boolean
  /** The last post is the newest of the channel, and new posts are added here. */
  hasEnd: boolean
}

export type Timeline = readonly Block[]

/**
 * A part of the history from the server; `older` and `newer` are the neighbours' ids, '' if there are none.
 */
export type Page = { ids: readonly string[]; older: string; newer: string }

/** The time of a post by its id; posts of a channel never share one. */
export type TimeOf = (id: string) => number

const merge = (blocks: readonly Block[], timeOf: TimeOf): Block => ({
  ids: [...new Set(blocks.flatMap(({ ids }) => ids))].sort(
    (a, b) => timeOf(a) - timeOf(b) || (a < b ? -1 : 1),
  ),
  hasStart: blocks.some(({ hasStart }) => hasStart),
  hasEnd: blocks.some(({ hasEnd }) => hasEnd),
})

const span = ({ ids }: Block, timeOf: TimeOf): [number, number] => [
  timeOf(ids[0] ?? ''),
  timeOf(ids.at(-1) ?? ''),
]

/** Adds a block and merges it with all blocks that it touches. */
const include = (
  timeline: Timeline,
  block: Block,
  neighbours: ReadonlySet<string>,
  timeOf: TimeOf,
): Timeline => {
  const [from, to] = span(block, timeOf)
  const touches = (other: Block): boolean => {
    // Both reach the newest post, so nothing can lie between them.
    if (block.hasEnd && other.hasEnd) return true
    if (block.hasStart && other.hasStart) return true
    if (other.ids.some((id) => neighbours.has(id))) return true
    const [otherFrom, otherTo] = span(other, timeOf)
    return block.ids.length > 0 && other.ids.length > 0 && from <= otherTo && otherFrom <= to
  }
  const joined = merge([block, ...timeline.filter(touches)], timeOf)
  const rest = timeline.filter((other) => !touches(other))
  return [...rest, joined].sort((a, b) => span(a, timeOf)[0] - span(b, timeOf)[0])
}

/** Adds a part of the history. Even an empty one shows that a neighbour is at an end. */
export const addPage = (timeline: Timeline, page: Page, timeOf: TimeOf): Timeline => {
  const block = { ids: page.ids, hasStart: page.older === '', hasEnd: page.newer === '' }
  const neighbours = new Set([page.older, page.newer].filter((id) => id !== ''))
  return include(timeline, block, neighbours, timeOf)
}

/** Adds a post that has just been written. Mostly it is later than all others, and nothing is sorted. */
export const addNewest = (timeline: Timeline, id: string, timeOf: TimeOf): Timeline => {
  const last = timeline.at(-1)
  const isLatest = last?.hasEnd && last.ids.length > 0 && timeOf(id) > timeOf(last.ids.at(-1) ?? '')
  if (last && isLatest) return [...timeline.slice(0, -1), { ...last, ids: [...last.ids, id] }]
  return include(timeline, { ids: [id], hasStart: false, hasEnd: true }, new Set(), timeOf)
}

/** Adds a post with unknown neighbours: only where a block covers its time. */
export const addKnown = (timeline: Timeline, id: string, timeOf: TimeOf): Timeline => {
  const at = timeOf(id)
  return timeline.map((block) => {
    const [from, to] = span(block, timeOf)
    if (block.ids.includes(id) || at < from || at > to) return block
    return merge([block, { ids: [id], hasStart: false, hasEnd: false }], timeOf)
  })
}

export const without = (timeline: Timeline, ids: ReadonlySet<string>): Timeline =>
  timeline.map((block) =>
    block.ids.some((id) => ids.has(id)) ? { ...block, ids: block.ids.filter((id) => !ids.has(id)) } : block,
  )

/** Posts may have been missed: no block reaches the newest post any more. */
export const withoutEnd = (timeline: Timeline): Timeline =>
  timeline.map((block) => (block.hasEnd ? { ...block, hasEnd: false } : block))

/** The block that contains a post, or the newest block. */
export const blockAt = (timeline: Timeline, id: string): Block | undefined =>
  id === '' ? timeline.find(({ hasEnd }) => hasEnd) : timeline.find(({ ids }) => ids.includes(id))
