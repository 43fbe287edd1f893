/** Which replies have come into view while somebody looked, and marks these as read. */
import type { FollowedThread } from '@plausch/client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attention } from '../../../platform/attention.ts'
import { client } from '../../../platform/client.ts'
import { teamOfThread } from './following.ts'

/** The time of the latest post that was in view while the window had the focus; 0 for none. */
const useSeenUpTo = (content: RefObject<HTMLOListElement | null>, version: unknown): number => {
  const isLooking = useSource(attention)
  const inView = useRef(new Set<string>())
  const [upTo, setUpTo] = useState(0)
  const looking = useRef(isLooking)
  looking.current = isLooking

  const note = useRef(() => {
    if (!looking.current) return
    const times = [...inView.current].map((id) => client.posts.records.one(id)?.create_at ?? 0)
    setUpTo((before) => Math.max(before, ...times))
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows come and go with the version
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const { post = '' } = (target as HTMLElement).dataset
          if (isIntersecting) inView.current.add(post)
          else inView.current.delete(post)
        }
        note.current()
      },
      // The last line of a long message counts, not its first.
      { root: content.current?.parentElement ?? null, rootMargin: '0px 0px -8px 0px' },
    )
    inView.current.clear()
    for (const row of content.current?.querySelectorAll<HTMLElement>('[data-post]') ?? [])
      observer.observe(row)
    return () => observer.disconnect()
  }, [content, version])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in view counts when somebody looks again
  useEffect(() => note.current(), [isLooking])
  return upTo
}

type ThreadNews = {
  /** The time up to which the reader had read; undefined if nothing was new. */
  lineAt: number | undefined
  unread: number
}

type Watched = {
  rootId: string
  channelId: string
  content: RefObject<HTMLOListElement | null>
  /** Changes with the rows. */
  version: unknown
}

const isNew = (thread: FollowedThread | undefined): thread is FollowedThread =>
  thread?.is_following === true && (thread.unread_replies > 0 || thread.unread_mentions > 0)

/** Where the line of a thread is, and how many replies are unread; reads what comes into view. */
export const useThreadNews = ({ rootId, channelId, content, version }: Watched): ThreadNews => {
  const thread = useSource(client.threads.records.at(rootId))
  const isLooking = useSource(attention)
  const seen = useSeenUpTo(content, version)
  const readAt = thread?.last_viewed_at ?? 0
  const isUnread = isNew(thread)
  const [lineAt, setLineAt] = useState(() => (isUnread ? readAt : undefined))
  const lastReadAt = useRef(thread?.last_viewed_at)
  const isHeld = useRef(false)
  const asked = useRef(0)

  // The state of the thread may come after it was opened; replies that come while nobody looks get a line.
  useEffect(() => {
    if (isUnread && (lineAt === undefined || !isLooking) && lastReadAt.current !== readAt) setLineAt(readAt)
    if (isUnread && !isLooking) setLineAt(readAt)
    // The reader marked it as unread on purpose: it stays so until it is opened again.
    if (lastReadAt.current !== undefined && readAt < lastReadAt.current) {
      isHeld.current = true
      setLineAt(readAt)
    }
    if (thread) lastReadAt.current = readAt
  }, [thread, isUnread, isLooking, readAt, lineAt])

  useEffect(() => {
    if (!isUnread || isHeld.current || seen <= Math.max(readAt, asked.current)) return
    asked.current = seen
    // A failure changes nothing; the next reply or the next opening tries again.
    client.threads.read(teamOfThread(channelId), rootId, seen).catch(() => undefined)
  }, [rootId, channelId, isUnread, seen, readAt])

  return { lineAt, unread: isUnread ? (thread?.unread_replies ?? 0) : 0 }
}
