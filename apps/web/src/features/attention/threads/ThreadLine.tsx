import type { Post } from '@plausch/wire'
import { use } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { openThread } from '../../../platform/threading.ts'
import unseen from '../../../ui/Unseen.module.css'
import { ThreadContext } from '../../messages/posts/place-of-rows.ts'
import { Face } from '../../people/users/Face.tsx'
import styles from './ThreadLine.module.css'
import { shortTime } from './times.ts'

const MOST_FACES = 3

/** Below a message that was answered: how often, when last, by whom, and whether something is unread. */
export const ThreadLine = ({ post }: { post: Post }) => {
  const isCollapsed = useSource(client.isCollapsed)
  const isInThread = use(ThreadContext) !== ''
  return isCollapsed && !isInThread && post.reply_count > 0 ? <Line post={post} /> : null
}

const Line = ({ post }: { post: Post }) => {
  const say = useText()
  const intl = useIntl()
  const thread = useSource(client.threads.records.at(post.id))
  const isUnread = thread?.is_following === true && thread.unread_replies > 0
  const people = (post.participants ?? []).map(({ id }) => String(id))
  const values = { count: post.reply_count, time: shortTime(intl, post.last_reply_at) }
  return (
    <button
      type="button"
      className={styles.line}
      data-unread={isUnread ? '' : undefined}
      onClick={() => openThread(post)}
    >
      <span className={styles.faces} aria-hidden>
        {people.slice(-MOST_FACES).map((id) => (
          <Face key={id} userId={id} size={20} />
        ))}
      </span>
      <span className={styles.words}>{say('thread.summary', values)}</span>
      {isUnread && (
        <>
          <span className={styles.dot} aria-hidden />
          <span className={unseen.unseen}>{say('thread.unread', { count: thread.unread_replies })}</span>
        </>
      )}
    </button>
  )
}
