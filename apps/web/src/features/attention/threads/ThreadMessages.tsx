import type { Pending } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { ArrowDown } from 'lucide-react'
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { editing, editingIn } from '../../messages/posts/composing.ts'
import list from '../../messages/posts/MessageList.module.css'
import { placeLeft } from '../../messages/posts/places-left.ts'
import { RowView } from '../../messages/posts/RowView.tsx'
import { isOf, rowsOf } from '../../messages/posts/rows.ts'
import { useAnnouncements } from '../../messages/posts/use-announcements.ts'
import { lineOfThread, useHistory } from '../../messages/posts/use-history.ts'
import { useReading } from '../../messages/posts/use-reading.ts'
import { useRowFocus } from '../../messages/posts/use-row-focus.ts'
import { useSameRows } from '../../messages/posts/use-same-rows.ts'
import styles from './ThreadPane.module.css'
import { useThreadNews } from './use-seen.ts'

type ThreadMessagesProps = {
  root: Post
  label: string
  /** A reply to scroll to and to highlight; '' for none. */
  target: string
  /** The reply around which the thread is loaded; '' for the newest. */
  around: string
}

const NONE: readonly Pending[] = []

/** A message and its replies, with the rules of reading of a channel. */
export const ThreadMessages = ({ root, label, target, around }: ThreadMessagesProps) => {
  const say = useText()
  const rootId = root.id
  const me = useSource(client.myId)
  const edited = useSource(editing)
  const editedHere = useSource(editingIn) === rootId ? edited : ''
  const line = lineOfThread(rootId)
  const [left] = useState(() => (target === '' ? placeLeft(rootId) : undefined))
  const history = useHistory(line, around, left?.first, editedHere)
  const sent = useSource(client.posts.outbox.byChannel.at(root.channel_id)) ?? NONE
  const pending = useMemo(() => sent.filter((each) => each.rootId === rootId), [sent, rootId])
  useAnnouncements(line.timeline)
  const { scroller, content, isAtEnd, isFar, toEnd } = useReading({
    channelId: rootId,
    target,
    left,
    history,
  })
  const news = useThreadNews({ rootId, channelId: root.channel_id, content, version: history.posts })
  const rows = useSameRows(
    useMemo(
      () => rowsOf(history.posts, news.lineAt, me, history.showsEnd ? pending : NONE),
      [history.posts, history.showsEnd, news.lineAt, me, pending],
    ),
  )
  const { focused, pointed, handlers } = useRowFocus(content)

  const lastSent = pending.at(-1)?.pendingId
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per sent reply
  useLayoutEffect(() => {
    if (lastSent !== undefined && !history.isUnknown) toEnd()
  }, [lastSent])
  useTargetFocus(content, target, history.isUnknown)

  const isEndInSight = isAtEnd && history.showsEnd
  const lastKey = rows.findLast((row) => row.kind === 'post')?.key ?? ''
  const stop = rows.some((row) => row.key === focused) ? focused : lastKey
  return (
    <div className={list.frame}>
      <div ref={scroller} className={`${list.scroller} ${styles.scroller}`}>
        {history.isUnknown && <Busy />}
        <ol ref={content} className={list.list} aria-label={label} {...handlers}>
          {rows.map((row) => (
            <Fragment key={row.key}>
              <RowView
                row={row}
                isStop={row.key === stop}
                isActive={row.key === pointed}
                isEditing={isOf(row, editedHere)}
                isTarget={isOf(row, target)}
              />
              {row.kind === 'post' && row.post.id === rootId && root.reply_count > 0 && (
                <li data-key="count" className={styles.count}>
                  {say('thread.replies', { count: root.reply_count })}
                </li>
              )}
            </Fragment>
          ))}
        </ol>
      </div>
      {!isEndInSight && (isFar || news.unread > 0) && (
        <button
          type="button"
          className={list.jump}
          onClick={() => {
            history.reset()
            if (!history.showsEnd) void client.posts.replies.open(rootId)
            toEnd()
          }}
        >
          <ArrowDown size={16} strokeWidth={2} aria-hidden />
          {news.unread > 0 ? say('thread.new', { count: news.unread }) : say('posts.toNewest')}
        </button>
      )}
    </div>
  )
}

/** Moves the focus to the wanted reply, once, when it is there. */
const useTargetFocus = (
  content: React.RefObject<HTMLOListElement | null>,
  target: string,
  isUnknown: boolean,
): void => {
  const isDone = useRef(false)
  useEffect(() => {
    if (target === '' || isUnknown || isDone.current) return
    const row = content.current?.querySelector<HTMLElement>(`[data-post="${target}"]`)
    row?.focus({ preventScroll: true })
    isDone.current = row !== null && row !== undefined
  })
}
