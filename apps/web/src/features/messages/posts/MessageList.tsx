import type { Pending } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { attention } from '../../../platform/attention.ts'
import { client } from '../../../platform/client.ts'
import { messagesShown } from '../../../platform/later.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { editing, editingIn } from './composing.ts'
import styles from './MessageList.module.css'
import { startsAtNewest } from './opening.ts'
import { placeLeft } from './places-left.ts'
import { RowView } from './RowView.tsx'
import { isOf, rowsOf, withEphemeral } from './rows.ts'
import { lineOfChannel, useHistory } from './use-history.ts'
import { useNews } from './use-news.ts'
import { useReading } from './use-reading.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useSameRows } from './use-same-rows.ts'

type MessageListProps = {
  channelId: string
  label: string
  /** A post to scroll to and to highlight; '' for none. */
  target: string
  /** Where to start: a post in the part of the history to show, '' for the newest. */
  around: string
  /** The content above the first message. */
  beginning: ReactNode
  toNewest(): void
}

const NONE: readonly Pending[] = []
const NO_POSTS: readonly Post[] = []

/**
 * The messages of a channel, in normal document flow, so that find in page, selection and screen readers work
 * as usual.
 */
export const MessageList = ({ channelId, label, target, around, beginning, toNewest }: MessageListProps) => {
  const edited = useSource(editing)
  const isEditedHere = useSource(editingIn) === ''
  const me = useSource(client.myId)
  const editedHere = isEditedHere ? edited : ''
  const [left] = useState(() => (target === '' ? placeToReturnTo(channelId) : undefined))
  const history = useHistory(lineOfChannel(channelId), around, left?.first, editedHere)
  const isCollapsed = useSource(client.isCollapsed)
  const sent = useSource(client.posts.outbox.byChannel.at(channelId)) ?? NONE
  const pending = useMemo(
    () => (isCollapsed ? sent.filter(({ rootId }) => rootId === '') : sent),
    [sent, isCollapsed],
  )
  const isLooking = useSource(attention)
  const { scroller, content, isAtEnd, isFar, hasSeenLine, toEnd } = useReading({
    channelId,
    target,
    left,
    history,
  })
  const isEndInSight = isAtEnd && history.showsEnd
  const news = useNews({ channelId, isLooking, isAtEnd: isEndInSight, hasSeenLine })
  const ephemeral = useSource(client.posts.ephemeral.at(channelId)) ?? NO_POSTS
  const rows = useSameRows(
    useMemo(
      () =>
        rowsOf(
          withEphemeral(history.posts, ephemeral, history.showsEnd),
          news.lineAt,
          me,
          history.showsEnd ? pending : NONE,
        ),
      [history.posts, history.showsEnd, ephemeral, news.lineAt, me, pending],
    ),
  )
  const { focused, pointed, handlers } = useRowFocus(content)

  const jump = (): void => {
    history.reset()
    if (!history.showsEnd) toNewest()
    toEnd()
  }

  // My own message is always scrolled into view.
  const lastSent = pending.at(-1)?.pendingId
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per sent message
  useLayoutEffect(() => {
    if (lastSent !== undefined && !history.isUnknown) jump()
  }, [lastSent])

  useEffect(() => {
    if (target === '' || history.isUnknown) return
    content.current?.querySelector<HTMLElement>(`[data-post="${target}"]`)?.focus({ preventScroll: true })
  }, [target, history.isUnknown, content])

  useEffect(() => {
    if (!history.isUnknown) messagesShown()
  }, [history.isUnknown])

  const lastKey = rows.findLast((row) => row.kind === 'post')?.key ?? ''
  const stop = rows.some((row) => row.key === focused) ? focused : lastKey

  return (
    <div className={styles.frame}>
      <div ref={scroller} className={styles.scroller} data-messages>
        {history.isUnknown && <Busy />}
        {history.showsStart && beginning}
        <ol ref={content} className={styles.list} aria-label={label} {...handlers}>
          {rows.map((row) => (
            <RowView
              key={row.key}
              row={row}
              isStop={row.key === stop}
              isActive={row.key === pointed}
              isEditing={isOf(row, editedHere)}
              isTarget={isOf(row, target)}
            />
          ))}
        </ol>
      </div>
      {!isEndInSight && (isFar || news.count > 0) && <Jump count={news.count} jump={jump} />}
    </div>
  )
}

/** Where the reader left the channel, unless they want to begin with its new messages. */
const placeToReturnTo = (channelId: string) => {
  const { messages, mentions } = client.unreads.ofChannel(channelId).get()
  return startsAtNewest() && messages + mentions > 0 ? undefined : placeLeft(channelId)
}

const Jump = ({ count, jump }: { count: number; jump(): void }) => {
  const say = useText()
  return (
    <button type="button" className={styles.jump} onClick={jump}>
      <ArrowDown size={16} strokeWidth={2} aria-hidden />
      {count > 0 ? say('posts.new', { count }) : say('posts.toNewest')}
    </button>
  )
}
