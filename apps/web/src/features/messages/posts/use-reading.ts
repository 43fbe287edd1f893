/**
 * Where the reader is in a list: keeps the scroll position, loads the next part, and knows what has been in
 * view.
 */
import { sameFields } from '@plausch/client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { client } from '../../../platform/client.ts'
import { editing } from './composing.ts'
import { startsAtNewest } from './opening.ts'
import { type Left, leavePlace } from './places-left.ts'
import { keyOf } from './rows.ts'
import { ScrollKeeper } from './scroll-keeper.ts'
import type { History } from './use-history.ts'

/** How close to an edge the next part is loaded. */
const AHEAD = 1200
/** The most posts that are rendered for a reader at the end. */
const MOST_AT_END = 200
/** Further from the end than this, the list shows a button that leads back. */
const FAR = 600
/** Where the line of new messages is after opening. */
const LINE_OFFSET = 72

/** Scrolls to where the reader left the list. A row of which the server knows more has the key of its post. */
const toLeft = (at: ScrollKeeper, { key, post, offset }: Left): boolean =>
  [key, post].some((name) => at.toPlace({ key: name, offset }))

/**
 * Scrolls a newly opened channel: to the wanted post, to where the reader left it, to the line above new
 * messages unless the reader wants the newest, or to the end.
 */
const land = (at: ScrollKeeper, target: string, left: Left | undefined): void => {
  if (target !== '' && at.toMiddle(target)) return
  if (left && toLeft(at, left)) return
  at.toEnd()
  if (startsAtNewest() && at.isComplete) return
  if (at.isAbove('line') || !at.isComplete) at.toPlace({ key: 'line', offset: LINE_OFFSET })
}

type Reading = {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLOListElement | null>
  /** False until the first rendering has found its place: nothing counts as seen before. */
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
  const wantsEnd = useRef(false)
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
    const leave = (): void => {
      if (hasLanded.current) leavePlace(channelId, leftAt(made, latest.current))
    }
    // A page that is loaded again unmounts nothing.
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
      made.end()
      client.posts.follow(channelId, false)
    }
  }, [channelId])

  // After every rendering and before painting: keeps the reader's place.
  useLayoutEffect(() => {
    const at = keeper.current
    if (!at) return
    at.isComplete = history.showsEnd
    if (wantsEnd.current && history.showsEnd) {
      wantsEnd.current = false
      at.toEnd()
    }
    if (hasLanded.current || history.isUnknown) {
      at.restore()
      return
    }
    hasLanded.current = true
    land(at, target, left)
    at.onMove()
  })

  // A part too short to scroll never sends scroll events: check after every rendering whether more is needed.
  // At the end, cut a long list, and let the client forget what is far above. An edit under way stays.
  useEffect(() => {
    const at = keeper.current
    if (!at || !hasLanded.current) return
    const isFollowing = at.isAtEnd && editing.get() === ''
    client.posts.follow(channelId, isFollowing)
    if (isFollowing && (history.isAround || history.posts.length > MOST_AT_END)) history.reset()
    else fetchAhead(at, history)
  })

  const toEnd = (): void => {
    // The end may have to be loaded first.
    wantsEnd.current = !history.showsEnd
    leavePlace(channelId, undefined)
    keeper.current?.toEnd()
  }

  return { scroller, content, ...seen, toEnd }
}

const leftAt = ({ place }: ScrollKeeper, { posts }: History): Left | undefined => {
  if (!place) return undefined
  const post = posts.find((each) => keyOf(each) === place.key)?.id ?? ''
  return { ...place, post, first: posts[0]?.id }
}

const fetchAhead = (at: ScrollKeeper, history: History): void => {
  if (at.toTop < AHEAD && !history.showsStart) history.older()
  else if (at.toBottom < AHEAD && !history.showsEnd) history.newer()
}
