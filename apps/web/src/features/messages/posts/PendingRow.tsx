import type { Pending } from '@plausch/client'
import { useId } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Button } from '../../../ui/Button.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { Face } from '../../people/users/Face.tsx'
import { FilesById } from '../files/FilesById.tsx'
import { returned } from './composing.ts'
import styles from './MessageRow.module.css'
import { RowHead } from './RowHead.tsx'
import type { Written } from './rows.ts'

type PendingRowProps = { pending: Pending; post: Written; isFollowing: boolean }

/**
 * A message that is being sent: it looks like a sent one, a little paler, unless sending failed. It has the
 * same size, so nothing moves when the server confirms it.
 */
export const PendingRow = ({ pending, post, isFollowing }: PendingRowProps) => {
  const say = useText()
  const id = useId()
  const name = useSource(personName(post.user_id))
  const { channelId, pendingId, message, state, problem } = pending
  return (
    <article
      className={styles.row}
      data-following={isFollowing ? '' : undefined}
      aria-label={say('post.own')}
    >
      <div className={styles.gutter}>
        {!isFollowing && (
          <span className={styles.face}>
            <Face userId={post.user_id} />
          </span>
        )}
      </div>
      <div className={styles.body}>
        {!isFollowing && <RowHead id={id} post={post} name={name} />}
        <div className={state === 'failed' ? undefined : styles.pending}>
          <Markdown owner={pending} text={message} />
          {pending.fileIds && <FilesById ids={pending.fileIds} />}
        </div>
        {state === 'waiting' && <p className={styles.problem}>{say('post.waiting')}</p>}
        {state === 'failed' && (
          <p className={styles.problem} data-failed role="alert">
            <span>{problem ? say('post.failedBecause', { problem }) : say('post.failed')}</span>
            <Button kind="quiet" onClick={() => client.posts.outbox.retry(channelId, pendingId)}>
              {say('action.retry')}
            </Button>
            <Button
              kind="quiet"
              onClick={() => {
                client.posts.outbox.discard(channelId, pendingId)
                returned.set({
                  text: message,
                  ...(pending.fileIds && { fileIds: pending.fileIds }),
                  rootId: '',
                })
              }}
            >
              {say('post.discard')}
            </Button>
          </p>
        )}
      </div>
    </article>
  )
}
