/** Which part of a channel's history is drawn: a window of at most 300 posts over the stretch that is known, moved by scrolling. */
import { blockAt, derive, sameList, type TimelineBlock } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { useCallback, useMemo, useState } from 'react'
import { client } from '../../platform/client.ts'
import { useSource } from '../../platform/use-source.ts'

const FIRST = 100
const WINDOW = 300
const STEP = 100

const EMPTY: TimelineBlock = { ids: [], hasStart: false, hasEnd: false }

export type History = {
  /** What is drawn, oldest first. */
  posts: readonly Post[]
  /** The first and the last drawn post are the channel's first and last. */
  showsStart: boolean
  showsEnd: boolean
  /** Nothing is known yet. */
  isUnknown: boolean
  older(): void
  newer(): void
  /** Draws only the newest part again. */
  reset(): void
}

/** `around` is a post in the stretch to show, '' for the newest; `begin` the first post to draw, if it is known. */
export const useHistory = (channelId: string, around: string, begin: string | undefined): History => {
  const timeline = useSource(client.posts.timelines.at(channelId)) ?? []
  const block = blockAt(timeline, around) ?? EMPTY
  // The first post drawn; undefined to stay with the newest.
  const [first, setFirst] = useState(begin)
  const { ids, hasStart, hasEnd } = block

  const known = first === undefined ? -1 : ids.indexOf(first)
  const middle = around === '' ? -1 : ids.indexOf(around)
  const from = known >= 0 ? known : Math.max(0, middle >= 0 ? middle - FIRST / 2 : ids.length - FIRST)
  const until = known >= 0 || middle >= 0 ? Math.min(ids.length, from + WINDOW) : ids.length

  const shown = useMemo(() => ids.slice(from, until), [ids, from, until])
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
    // The connection notice tells; scrolling on tries again.
    work.catch(() => undefined)
  }, [])

  return {
    posts,
    showsStart: hasStart && from === 0,
    showsEnd: hasEnd && until === ids.length,
    isUnknown: ids.length === 0 && !hasStart,
    older() {
      if (from > 0) setFirst(ids[Math.max(0, from - STEP)])
      else if (!hasStart && ids[0] !== undefined) {
        setFirst(ids[0])
        load(client.posts.loadOlder(channelId, ids[0]))
      }
    },
    newer() {
      const last = ids.at(-1)
      if (until < ids.length) setFirst(ids[Math.min(ids.length - 1, from + STEP)])
      else if (!hasEnd && last !== undefined) load(client.posts.loadNewer(channelId, last))
    },
    reset: () => setFirst(undefined),
  }
}
