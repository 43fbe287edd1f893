/** Which channels may have missed something, from when on, and how they get it. */
import type { PostList } from '@plausch/wire'
import type { Shelf } from './shelf.ts'
import { addKnown, addNewest, addPage, blockAt, type Timeline, without, withoutEnd } from './timeline.ts'

/** The most posts that `since` returns. With so many, some may be missing: the history is loaded again. */
const SINCE_LIMIT = 1000
/** Extra time before the gap: an edit becomes visible a little after its time of change. */
const SINCE_MARGIN_MS = 10_000

/** Nothing is missing before `since`, nor in the history up to the post of time `lastAt`. */
export type Gap = { since: number; lastAt: number }

/** The time up to which everything is known. Must be asked when events stop: later posts would hide the gap. */
export const knownUntil = ({ records, timelines }: Shelf, channelId: string): number => {
  const ids = (timelines.one(channelId) ?? []).flatMap((block) => block.ids)
  const times = ids.map((id) => records.base(id)?.update_at ?? 0)
  return Math.max(1, times.reduce((a, b) => Math.max(a, b), 0) - SINCE_MARGIN_MS)
}

export const gapOf = (shelf: Shelf, channelId: string): Gap => {
  const newest = blockAt(shelf.timelines.one(channelId) ?? [], '')?.ids ?? []
  return { since: knownUntil(shelf, channelId), lastAt: shelf.timeOf(newest.at(-1) ?? '') }
}

/** The timeline up to the gap, and the posts that came after it. */
const atGap = (timeline: Timeline, { lastAt }: Gap, timeOf: (id: string) => number) => {
  const late = new Set((blockAt(timeline, '')?.ids ?? []).filter((id) => timeOf(id) > lastAt))
  return { before: withoutEnd(without(timeline, late)), late }
}

/**
 * Adds what changed since the gap. Until then the reader goes on reading what was known. `loadNewest` loads
 * the history anew, if so much has changed that the answer may have holes.
 */
export const fillGap = async (
  shelf: Shelf,
  channelId: string,
  gap: Gap,
  changed: PostList,
  loadNewest: () => Promise<void>,
): Promise<void> => {
  const { records, timelines, timeOf } = shelf
  for (const post of Object.values(changed.posts)) {
    if (post.delete_at > 0 && post.original_id === '') shelf.remove(post)
  }
  const ids = shelf.take(changed)
  const { before, late } = atGap(timelines.one(channelId) ?? [], gap, timeOf)
  const known = blockAt(timelines.one(channelId) ?? [], '')?.ids.filter((id) => !late.has(id)) ?? []
  // The last of the newest posts that still exists; newer ones follow it without a hole.
  const last = known.findLast((id) => records.base(id) !== undefined)
  const addLate = (line: Timeline): Timeline =>
    [...late].reduce((all, id) => (timeOf(id) > 0 ? addNewest(all, id, timeOf) : all), line)
  if (last === undefined || changed.order.length >= SINCE_LIMIT) {
    shelf.change(channelId, () => before)
    await shelf.needing([...late], loadNewest)
    shelf.change(channelId, addLate)
    return
  }
  const newer = ids.filter((id) => timeOf(id) > timeOf(last))
  shelf.change(channelId, () => {
    const filled = ids
      .filter((id) => !newer.includes(id))
      .reduce((all, id) => addKnown(all, id, timeOf), before)
    return addLate(addPage(filled, { ids: newer, older: last, newer: '' }, timeOf))
  })
}
