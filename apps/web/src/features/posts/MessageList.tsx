import type { Pending } from '@plausch/client'
import { ArrowDown } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useIntl } from 'react-intl'
import { useText } from '../../i18n/text.ts'
import { attention } from '../../platform/attention.ts'
import { client } from '../../platform/client.ts'
import { useSource } from '../../platform/use-source.ts'
import { Busy } from '../../ui/Busy.tsx'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import type { MessageActions } from './MessageToolbar.tsx'
import { PendingRow } from './PendingRow.tsx'
import { type Row, rowsOf } from './rows.ts'
import { type Place, ScrollKeeper } from './scroll-keeper.ts'
import { SystemLines } from './SystemLines.tsx'
import { useHistory } from './use-history.ts'
import { useNews } from './use-news.ts'

type MessageListProps = {
  channelId: string
  label: string
  /** A post to go to and to mark; '' for none. */
  target: string
  /** Where to begin: a post in the stretch to show, '' for the newest. */
  around: string
  /** What stands above the first message. */
  beginning: ReactNode
  editing: string
  actions: MessageActions
  toNewest(): void
  discard(text: string): void
}

/** How close to an edge the next part is fetched. */
const AHEAD = 1200
/** Reading at the end, no more than this many are drawn. */
const MOST_AT_END = 200
/** Where the line of new messages stands after opening. */
const LINE_OFFSET = 72

/** Where readers were when they left a channel in the middle of its history. */
const places = new Map<string, Place>()

const NONE: readonly Pending[] = []

export const MessageList = ({ channelId, label, target, around, beginning, editing, actions, toNewest, discard }: MessageListProps) => {
  const say = useText()
  const me = useSource(client.myId)
  const history = useHistory(channelId, around)
  const pending = useSource(client.posts.outbox.byChannel.at(channelId)) ?? NONE
  const isLooking = useSource(attention)
  const [isAtEnd, setAtEnd] = useState(true)
  const [isFar, setFar] = useState(false)
  const [hasSeenLine, setSeenLine] = useState(false)
  const [active, setActive] = useState('')
  const [toolbar, setToolbar] = useState('')
  const news = useNews({ channelId, isLooking, isAtEnd: isAtEnd && history.showsEnd, hasSeenLine })
  const rows = useMemo(() => rowsOf(history.posts, news.lineAt, me), [history.posts, news.lineAt, me])
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
      setAtEnd(made.isAtEnd)
      setFar(made.toBottom > 600 || !made.isComplete)
      if (made.shows('line')) setSeenLine(true)
      if (made.toTop < AHEAD) latest.current.older()
      if (made.toBottom < AHEAD) latest.current.newer()
    }
    return () => {
      if (made.place) places.set(channelId, made.place)
      else places.delete(channelId)
      made.end()
    }
  }, [channelId])

  // After every drawing and before it is painted: the reader stays where they were.
  useLayoutEffect(() => {
    const at = keeper.current
    if (!at) return
    at.isComplete = history.showsEnd
    if (hasLanded.current || history.isUnknown || rows.length === 0) {
      at.restore()
      return
    }
    hasLanded.current = true
    land(at, target, places.get(channelId))
    at.onMove()
  })

  // A part too short to scroll never moves: see after every drawing whether more is needed. At the end, a long list is cut again.
  useEffect(() => {
    const at = keeper.current
    if (!at || !hasLanded.current) return
    if (at.isAtEnd && history.posts.length > MOST_AT_END) history.reset()
    else if (at.toTop < AHEAD && !history.showsStart) history.older()
    else if (at.toBottom < AHEAD && !history.showsEnd) history.newer()
  })

  // My own message is always shown, wherever I was.
  const lastSent = pending.at(-1)?.pendingId
  useLayoutEffect(() => {
    if (lastSent !== undefined && hasLanded.current) keeper.current?.toEnd()
  }, [lastSent])

  useEffect(() => {
    if (target === '' || history.isUnknown) return
    const row = content.current?.querySelector<HTMLElement>(`[data-post="${target}"]`)
    row?.focus({ preventScroll: true })
  }, [target, history.isUnknown])

  const toEnd = (): void => {
    history.reset()
    if (!history.showsEnd) toNewest()
    keeper.current?.toEnd()
  }

  const lastKey = rows.findLast((row) => row.kind === 'post')?.key ?? ''
  const stop = rows.some((row) => row.key === active) ? active : lastKey

  const pointAt = (event: PointerEvent): void => {
    const key = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined
    // A finger must press to choose a message: passing over it is scrolling.
    if (key !== undefined && (event.pointerType === 'mouse' || event.type === 'pointerup')) setToolbar(key)
  }
  const focusIn = (event: FocusEvent): void => {
    const key = event.target.closest<HTMLElement>('[data-key]')?.dataset.key
    if (key === undefined) return
    setActive(key)
    if (event.target.matches(':focus-visible')) setToolbar(key)
  }
  const moveFocus = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLTextAreaElement || !(event.key in MOVES)) return
    const all = [...(content.current?.querySelectorAll<HTMLElement>('[data-post]') ?? [])]
    const at = all.findIndex((row) => row.contains(document.activeElement))
    const next = MOVES[event.key]?.(at, all.length)
    const row = next === undefined ? undefined : all[Math.max(0, Math.min(next, all.length - 1))]
    if (!row) return
    event.preventDefault()
    row.focus()
  }

  return (
    <div className={styles.frame}>
      <div ref={scroller} className={styles.scroller} data-messages>
        {history.isUnknown && <Busy />}
        {history.showsStart && beginning}
        <ol
          ref={content}
          className={styles.list}
          aria-label={label}
          onPointerOver={pointAt}
          onPointerUp={pointAt}
          onPointerLeave={(event) => event.pointerType === 'mouse' && setToolbar('')}
          onFocus={focusIn}
          onKeyDown={moveFocus}
        >
          {rows.map((row) => (
            <li key={row.key} data-key={row.key} className={row.kind === 'post' ? styles.item : undefined}>
              <RowView row={row} stop={stop} toolbar={toolbar} editing={editing} target={target} actions={actions} />
            </li>
          ))}
          {history.showsEnd &&
            pending.map((each, i) => (
              <li key={each.pendingId} data-key={each.pendingId}>
                <PendingRow pending={each} isFollowing={i > 0 || followsOwn(rows, me)} discard={discard} />
              </li>
            ))}
        </ol>
      </div>
      {(!isAtEnd || !history.showsEnd) && (isFar || news.count > 0) && (
        <button type="button" className={styles.jump} onClick={toEnd}>
          <ArrowDown size={16} strokeWidth={2} aria-hidden />
          {news.count > 0 ? say('posts.new', { count: news.count }) : say('posts.toNewest')}
        </button>
      )}
    </div>
  )
}

const MOVES: Record<string, (at: number, length: number) => number> = {
  ArrowUp: (at, length) => (at < 0 ? length - 1 : at - 1),
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, length) => length - 1,
}

/** Where a channel opens: at the wanted post, where the reader left it, at the line of what is new, or at the end. */
const land = (at: ScrollKeeper, target: string, left: Place | undefined): void => {
  if (target !== '' && at.toMiddle(target)) return
  if (left && at.toPlace(left)) return
  at.toEnd()
  if (at.isAbove('line') || !at.isComplete) at.toPlace({ key: 'line', offset: LINE_OFFSET })
}

const followsOwn = (rows: readonly Row[], me: string): boolean => {
  const last = rows.at(-1)
  return last?.kind === 'post' && last.post.user_id === me && last.post.root_id === '' && Date.now() - last.post.create_at < 300_000
}

type RowViewProps = { row: Row; stop: string; toolbar: string; editing: string; target: string; actions: MessageActions }

const RowView = ({ row, stop, toolbar, editing, target, actions }: RowViewProps) => {
  const say = useText()
  const intl = useIntl()
  switch (row.kind) {
    case 'date':
      return (
        <h2 className={styles.date}>
          <time dateTime={new Date(row.at).toISOString()}>{dayName(row.at, say('date.today'), say('date.yesterday'), intl)}</time>
        </h2>
      )
    case 'line':
      return (
        <div className={styles.line}>
          <span>{say('posts.line')}</span>
        </div>
      )
    case 'system':
      return <SystemLines posts={row.posts} />
    case 'post':
      return (
        <MessageRow
          post={row.post}
          isFollowing={row.isFollowing}
          isStop={row.key === stop}
          isActive={row.key === toolbar}
          isEditing={row.post.id === editing}
          isTarget={row.post.id === target}
          actions={actions}
        />
      )
  }
}

type Formatter = { formatDate(value: number, options: Intl.DateTimeFormatOptions): string }

const dayName = (at: number, today: string, yesterday: string, intl: Formatter): string => {
  const day = new Date(at).toDateString()
  const now = new Date()
  if (day === now.toDateString()) return today
  now.setDate(now.getDate() - 1)
  if (day === now.toDateString()) return yesterday
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear()
  return intl.formatDate(at, { weekday: 'long', day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) })
}
