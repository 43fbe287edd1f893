/** New messages of the open channel: where the line is, how many are below, and when they count as read. */
import { useEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'

type Watched = {
  channelId: string
  /** The window is visible and focused. */
  isLooking: boolean
  /** The newest message is in view. */
  isAtEnd: boolean
  /** The line above new messages has been in view. */
  hasSeenLine: boolean
}

type News = {
  /** The time up to which the reader had read, 0 for not at all; undefined if nothing was new. */
  lineAt: number | undefined
  /** Unread messages below. */
  count: number
}

export const useNews = ({ channelId, isLooking, isAtEnd, hasSeenLine }: Watched): News => {
  const now = useSource(client.unreads.counters(channelId))
  const unread = Math.max(0, now.total - now.read)
  const isNew = unread > 0 || now.mentions > 0
  const [lineAt, setLineAt] = useState(() => (isNew ? now.readAt : undefined))
  const wasLooking = useRef(isLooking)
  const usedLine = useRef(false)
  const failedAt = useRef(0)
  const marked = useSource(client.unreads.marked(channelId))
  const markedBefore = useRef(marked)
  const isHeld = useRef(false)

  // Messages that came while nobody looked get a line when somebody does.
  useEffect(() => {
    if (isLooking && !wasLooking.current && isNew) setLineAt(now.readAt)
    wasLooking.current = isLooking
  }, [isLooking, isNew, now.readAt])

  // The reader marked it as unread on purpose: it stays unread until the channel is opened again.
  useEffect(() => {
    if (marked === markedBefore.current) return
    markedBefore.current = marked
    isHeld.current = true
    setLineAt(now.readAt)
  }, [marked, now.readAt])

  useEffect(() => {
    // The line counts once: later messages must come into view themselves.
    const isSeen = isAtEnd || (hasSeenLine && !usedLine.current)
    if (!isLooking || !isNew || !isSeen || isHeld.current || failedAt.current === now.lastAt) return
    if (hasSeenLine) usedLine.current = true
    client.unreads.view(channelId).catch(() => {
      failedAt.current = now.lastAt
    })
  }, [channelId, isLooking, isNew, isAtEnd, hasSeenLine, now.lastAt])

  return { lineAt, count: isAtEnd ? 0 : unread }
}
