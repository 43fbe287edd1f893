import type { Post } from '@plausch/wire'
import { Check, CheckCheck } from 'lucide-react'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Popover } from '../../../ui/Popover.tsx'
import { Face } from '../../people/users/Face.tsx'
import styles from './Acknowledgements.module.css'

/** The author asks that people confirm that they have read this: a button, and who did. */
export const AcknowledgementLine = ({ post }: { post: Post }) => {
  const say = useText()
  const me = useSource(client.myId)
  const { acknowledgements = [] } = post.metadata
  const isOwn = post.user_id === me
  const isDone = acknowledgements.some(({ user_id }) => user_id === me)
  const count = acknowledgements.length
  return (
    <div className={styles.line}>
      {!isOwn && (
        <button
          type="button"
          className={styles.button}
          aria-pressed={isDone}
          onClick={() => void attempt(() => client.posts.acknowledge(post.id, !isDone))}
        >
          <Check size={16} strokeWidth={2} aria-hidden />
          {say(isDone ? 'acknowledgements.done' : 'acknowledgements.do')}
        </button>
      )}
      {count > 0 ? (
        <Popover
          label={say('acknowledgements.who')}
          button={(props) => (
            <button type="button" {...props} className={styles.who}>
              <CheckCheck size={16} strokeWidth={1.75} aria-hidden />
              {say('acknowledgements.count', { count })}
            </button>
          )}
        >
          {() => <Who post={post} />}
        </Popover>
      ) : (
        isOwn && <span className={styles.asked}>{say('acknowledgements.asked')}</span>
      )}
    </div>
  )
}

/** Those who confirmed, the first of them first. */
const Who = ({ post }: { post: Post }) => {
  const say = useText()
  const all = (post.metadata.acknowledgements ?? []).toSorted((a, b) => a.acknowledged_at - b.acknowledged_at)
  useEffect(
    () => client.users.ensure((post.metadata.acknowledgements ?? []).map(({ user_id }) => user_id)),
    [post],
  )
  return (
    <div className={styles.list}>
      <h3>{say('acknowledgements.who')}</h3>
      <ol>
        {all.map(({ user_id, acknowledged_at }) => (
          <One key={user_id} userId={user_id} at={acknowledged_at} />
        ))}
      </ol>
    </div>
  )
}

const One = ({ userId, at }: { userId: string; at: number }) => {
  const intl = useIntl()
  const name = useSource(personName(userId)) || '…'
  return (
    <li>
      <Face userId={userId} size={24} />
      <span>{name}</span>
      <time dateTime={new Date(at).toISOString()}>
        {intl.formatDate(at, { dateStyle: 'short', timeStyle: 'short' })}
      </time>
    </li>
  )
}
