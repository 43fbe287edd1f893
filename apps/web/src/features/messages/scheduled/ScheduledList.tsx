import type { ScheduledPost } from '@plausch/wire'
import { CalendarClock, Clock, Pencil, SendHorizontal, Trash2 } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { chooseTime, editScheduled, removeScheduled } from './dialogs.ts'
import { timeText } from './later.ts'
import styles from './ScheduledList.module.css'

const NONE: readonly ScheduledPost[] = []

/** Those of a team and of conversations, failed ones first. */
export const useScheduled = (teamId: string): readonly ScheduledPost[] => {
  const inTeam = useSource(client.scheduled.byTeam.at(teamId)) ?? NONE
  const direct = useSource(client.scheduled.byTeam.at('')) ?? NONE
  return [...inTeam, ...direct].toSorted(
    (a, b) => Number(b.error_code !== '') - Number(a.error_code !== '') || a.scheduled_at - b.scheduled_at,
  )
}

/** Sends a scheduled message at once. It is taken off the list first, so that it can never go out twice. */
const sendNow = async (post: ScheduledPost): Promise<void> => {
  await client.scheduled.remove(post)
  const { channel_id, message, root_id, file_ids, priority } = post
  client.posts.outbox.send(channel_id, message, root_id, { fileIds: file_ids, ...(priority && { priority }) })
}

/** What the server will send later. */
export const ScheduledList = ({ posts }: { posts: readonly ScheduledPost[] }) => {
  const say = useText()
  if (posts.length === 0)
    return (
      <EmptyState icon={CalendarClock} title={say('scheduled.empty')}>
        {say('scheduled.emptyLead')}
      </EmptyState>
    )
  return (
    <ul className={styles.list} aria-label={say('scheduled.title')}>
      {posts.map((post) => (
        <li key={post.id} className={styles.item}>
          <Item post={post} />
        </li>
      ))}
    </ul>
  )
}

const Item = ({ post }: { post: ScheduledPost }) => {
  const say = useText()
  const intl = useIntl()
  const name = useSource(channelName(post.channel_id)) || say('drafts.goneChannel')
  const { error_code: error } = post
  return (
    <>
      <div className={styles.head}>
        <strong>{post.root_id === '' ? name : say('drafts.inThread', { name })}</strong>
        <span className={styles.tools}>
          <IconButton
            icon={Pencil}
            label={say('scheduled.edit')}
            onClick={() => editScheduled.open({ post })}
          />
          <IconButton
            icon={Clock}
            label={say('scheduled.reschedule')}
            onClick={() =>
              chooseTime.open({
                at: post.scheduled_at,
                schedule: (at) => client.scheduled.update(post, { scheduled_at: at }),
              })
            }
          />
          <IconButton
            icon={SendHorizontal}
            label={say('scheduled.sendNow')}
            onClick={() => void attempt(() => sendNow(post))}
          />
          <IconButton
            icon={Trash2}
            label={say('scheduled.remove')}
            onClick={() => removeScheduled.open({ post })}
          />
        </span>
      </div>
      {error === '' ? (
        <p className={styles.when}>{say('scheduled.at', { time: timeText(post.scheduled_at, intl) })}</p>
      ) : (
        <p className={styles.failed}>
          {say('scheduled.failed', { reason: say(`scheduled.error.${error}`) })}
        </p>
      )}
      <div className={styles.text}>
        <Markdown owner={post} text={post.message} />
      </div>
      {post.file_ids.length > 0 && (
        <p className={styles.when}>{say('drafts.files', { count: post.file_ids.length })}</p>
      )}
    </>
  )
}
