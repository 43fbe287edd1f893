/**
 * Which part of a channel's history is rendered: a window of at most 300 posts of the loaded part, moved by
 * scrolling.
 */
import {
  blockAt,
  derive,
  keyed,
  type Source,
  sameList,
  type Timeline,
  type TimelineBlock,
} from '@plausch/client'
import type { Post } from '@plausch/wire'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { hides } from '../notes/hidden.ts'

const FIRST = 100
const WINDOW = 300
const STEP = 100

const EMPTY: TimelineBlock = { ids: [], hasStart: false, hasEnd: false }

export type History = {
  /** The rendered posts, oldest first. */
  posts: readonly Post[]
  /** Is the first rendered post the channel's first, and the last its last? */
  showsStart: boolean
  showsEnd: boolean
  /** The part is that around a certain post, which need not be there for ever. */
  isAround: boolean
  /** Nothing is loaded yet. */
  isUnknown: boolean
  older(): void
  newer(): void
  /** Renders only the newest part again. */
  reset(): void
}

/** A line of posts: those of a channel, or those of a thread. */
export type Line = {
  timeline: Source<Timeline | undefined>
  loadOlder(before: string): Promise<void>
  loadNewer(after: string): Promise<void>
}

export const lineOfChannel: (channelId: string) => Line = keyed((channelId) => ({
  timeline: client.posts.timelines.at(channelId),
  loadOlder: (before) => client.posts.loadOlder(channelId, before),
  loadNewer: (after) => client.posts.loadNewer(channelId, after),
}))

export const lineOfThread: (rootId: string) => Line = keyed((rootId) => ({
  timeline: client.posts.replies.timelines.at(rootId),
  loadOlder: (before) => client.posts.replies.loadOlder(rootId, before),
  loadNewer: (after) => client.posts.replies.loadNewer(rootId, after),
}))

/**
 * The part around a post, as long as the reader is not at the end. If the post is deleted meanwhile, the
 * reader stays among those that were rendered: `stay` is the first of them.
 */
const useBlock = (timeline: Timeline, around: string) => {
  const [anchor, setAnchor] = useState({ around, at: around })
  if (anchor.around !== around) setAnchor({ around, at: around })
  const at = anchor.around === around ? anchor.at : around
  const rendered = useRef<{ at: string; ids: readonly string[] }>({ at: '', ids: [] })
  const found = blockAt(timeline, at)
  const before = !found && rendered.current.at === at ? rendered.current.ids : []
  const stay = before.find((id) => blockAt(timeline, id))
  return {
    at,
    stay,
    block: found ?? (stay === undefined ? EMPTY : (blockAt(timeline, stay) ?? EMPTY)),
    /** Call it with what is rendered. */
    note(ids: readonly string[]): void {
      rendered.current = { at, ids }
    },
    leave: (): void => setAnchor({ around, at: '' }),
  }
}

/** The posts of a part without those that the reader hides; the one that a link leads to is shown. */
const useShown = ({ ids }: TimelineBlock, around: string): readonly string[] => {
  const isHidden = useSource(hides)
  return useMemo(
    () =>
      ids.filter((id) => {
        const post = client.posts.records.one(id)
        return id === around || post === undefined || !isHidden(post)
      }),
    [ids, around, isHidden],
  )
}

/**
 * `around` is a post in the part to show, '' for the newest; `begin` is the first post to render, if known.
 * At the end, the part that is rendered begins with `edited` at the latest, if that is the id of a post.
 */
export const useHistory = (
  line: Line,
  around: string,
  begin: string | undefined,
  edited: string,
): History => {
  const timeline = useSource(line.timeline) ?? []
  const { at, stay, block, note, leave } = useBlock(timeline, around)
  // The first rendered post; undefined to stay with the newest.
  const [first, setFirst] = useState(begin)
  const { hasStart, hasEnd } = block
  const ids = useShown(block, around)

  const known = ids.indexOf(first ?? stay ?? '')
  const middle = at === '' ? -1 : ids.indexOf(at)
  const newest = edited === '' ? ids.length : Math.max(ids.indexOf(edited), 0) || ids.length
  const from =
    known >= 0 ? known : Math.max(0, middle >= 0 ? middle - FIRST / 2 : Math.min(newest, ids.length - FIRST))
  const until = known >= 0 || middle >= 0 ? Math.min(ids.length, from + WINDOW) : ids.length

  const shown = useMemo(() => ids.slice(from, until), [ids, from, until])
  note(shown)
  const source = useMemo(
    () =>
      derive(
        [client.posts.records],
        () => shown.flatMap((id) => client.posts.records.one(id) ?? []),
        sameList<Post>,
      ),
    [shown],
  )
  const posts = useSource(source)

  const load = useCallback((work: Promise<void>) => {
    // The connection notice tells the reader; further scrolling tries again.
    work.catch(() => undefined)
  }, [])

  return {
    posts,
    showsStart: hasStart && from === 0,
    showsEnd: hasEnd && until === ids.length,
    isAround: at !== '',
    isUnknown: block.ids.length === 0 && !hasStart,
    older() {
      const oldest = block.ids[0]
      if (from > 0) setFirst(ids[Math.max(0, from - STEP)])
      else if (!hasStart && oldest !== undefined) {
        setFirst(ids[0])
        load(line.loadOlder(oldest))
      }
    },
    newer() {
      const last = block.ids.at(-1)
      if (until < ids.length) setFirst(ids[Math.min(ids.length - 1, from + STEP)])
      else if (!hasEnd && last !== undefined) load(line.loadNewer(last))
    },
    reset() {
      setFirst(undefined)
      if (hasEnd) leave()
    },
  }
}
