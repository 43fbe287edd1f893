/** Where the reader of a list is: keeps the place, fetches what comes next, and knows what has been in sight. */
import { sameFields } from '@plausch/client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Place, ScrollKeeper } from './scroll-keeper.ts'
import type { History } from './use-history.ts'

/** How close to an edge the next part is fetched. */
const AHEAD = 1200
/** Reading at the end, no more than this many are drawn. */
const MOST_AT_END = 200
/** Further from the end than this, a way back is offered. */
const FAR = 600
/** Where the line of new messages stands after opening. */
const LINE_OFFSET = 72

export type Left = Place & { first: string | undefined }

/** Where readers were when they left a channel in the middle of its history. */
const places = new Map<string, Left>()

/** Where the reader left a channel; undefined if that was at its end. */
export const placeLeft = (channelId: string): Left | undefined => places.get(channelId)

/** Where a channel opens: at the wanted post, where the reader left it, at the line of what is new, or at the end. */
const land = (at: ScrollKeeper, target: string, left: Place | undefined): void => {
  if (target !== '' && at.toMiddle(target)) return
  if (left && at.toPlace(left)) return
  at.toEnd()
  if (at.isAbove('line') || !at.isComplete) at.toPlace({ key: 'line', offset: LINE_OFFSET })
}

type Reading = {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLOListElement | null>
  /** False until the first drawing has found its place: nothing counts as seen before. */
  isAtEnd: boolean
  isFar: boolean
  hasSeenLine: boolean
  toEnd(): void
}

type Wanted = { channelId: string; target: string; left: Left | undefined; history: History }

export const useReading = ({ channelId, target, left, history }: Wanted): Reading => {
  const [seen, setSeen] = useState({ isAtEnd: false, isFar: false, hasSeenLine: false })
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLOListElement>(null)
  const keeper = useRef<ScrollKeeper>(undefined)
  const hasLanded = useRef(false)
  const latest = useRef(history)
  latest.current = history

  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return
    const made = new ScrollKeeper(scroller.current, content.current)
    keeper.current = made
    made.onMove = () => {
      setSeen((before) => {
        const isFar = made.toBottom > FAR || !made.isComplete
        const next = { isAtEnd: made.isAtEnd, isFar, hasSeenLine: before.hasSeenLine || made.shows('line') }
        return sameFields(before, next) ? before : next
      })
      fetchAhead(made, latest.current)
    }
    return () => {
      if (made.place) places.set(channelId, { ...made.place, first: latest.current.posts[0]?.id })
      else places.delete(channelId)
      made.end()
    }
  }, [channelId])

  // After every drawing and before it is painted: the reader stays where they were.
  useLayoutEffect(() => {
    const at = keeper.current
    if (!at) return
    at.isComplete = history.showsEnd
    if (hasLanded.current || history.isUnknown) {
      at.restore()
      return
    }
    hasLanded.current = true
    land(at, target, left)
    at.onMove()
  })

  // A part too short to scroll never moves: see after every drawing whether more is needed. At the end, a long list is cut again.
  useEffect(() => {
    const at = keeper.current
    if (!at || !hasLanded.current) return
    if (at.isAtEnd && history.posts.length > MOST_AT_END) history.reset()
    else fetchAhead(at, history)
  })

  return { scroller, content, ...seen, toEnd: () => keeper.current?.toEnd() }
}

const fetchAhead = (at: ScrollKeeper, history: History): void => {
  if (at.toTop < AHEAD && !history.showsStart) history.older()
  else if (at.toBottom < AHEAD && !history.showsEnd) history.newer()
}
