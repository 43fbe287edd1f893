import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import unseen from '../../../ui/Unseen.module.css'
import { Face } from '../../people/users/Face.tsx'
import styles from './ThreadsPage.module.css'
import { shortTime } from './times.ts'

type ThreadRowProps = { threadId: string; isCurrent: boolean; isStop: boolean; open(): void }

const EXCERPT = 240

/** One thread of the list: who asked what and where, and how many answered. */
export const ThreadRow = ({ threadId, isCurrent, isStop, open }: ThreadRowProps) => {
  const say = useText()
  const intl = useIntl()
  const thread = useSource(client.threads.records.at(threadId))
  const root = useSource(client.posts.records.at(threadId))
  const author = root?.user_id ?? ''
  const name = useSource(personName(author)) || '…'
  const place = useSource(channelName(thread?.channel_id ?? ''))
  useEffect(() => client.users.ensure([author]), [author])
  if (!thread || !root) return null
  const { unread_replies, unread_mentions, reply_count, last_reply_at } = thread
  const isUnread = unread_replies > 0
  return (
    <button
      type="button"
      data-thread-row
      className={styles.row}
      tabIndex={isStop ? 0 : -1}
      aria-current={isCurrent ? 'true' : undefined}
      data-unread={isUnread ? '' : undefined}
      onClick={open}
    >
      <Face userId={author} />
      <span className={styles.words}>
        <span className={styles.head}>
          <span className={styles.name}>{name}</span>
          <span className={styles.place}>{place}</span>
        </span>
        <span className={styles.text} dir="auto">
          {summary(root.message, EXCERPT) || '…'}
        </span>
        <span className={styles.replies}>
          {say('thread.summary', { count: reply_count, time: shortTime(intl, last_reply_at) })}
        </span>
      </span>
      <span className={styles.mark}>
        <Badge count={unread_mentions} label={say('unread.mentions', { count: unread_mentions })} />
        {isUnread && unread_mentions === 0 && <span className={styles.dot} aria-hidden />}
      </span>
      {isUnread && unread_mentions === 0 && (
        <span className={unseen.unseen}>{say('thread.unread', { count: unread_replies })}</span>
      )}
    </button>
  )
}
