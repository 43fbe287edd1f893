import { isNamedIn } from '@plausch/client'
import type { ChannelMember, Post, User } from '@plausch/wire'
import { CornerUpLeft } from 'lucide-react'
import { memo, type ReactNode, use, useEffect, useId, useMemo } from 'react'
import { useIntl } from 'react-intl'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { partsOf } from '../../../platform/feature.ts'
import { personName } from '../../../platform/names.ts'
import { toPost } from '../../../platform/navigation.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import { profile } from '../../people/users/dialogs.ts'
import { editing, focusComposer } from './composing.ts'
import { MessageEditor } from './MessageEditor.tsx'
import styles from './MessageRow.module.css'
import { MessageToolbar } from './MessageToolbar.tsx'
import { ThreadContext } from './place-of-rows.ts'

type MessageRowProps = {
  post: Post
  isFollowing: boolean
  /** The one row of the list that Tab focuses. */
  isStop: boolean
  /** Under the pointer, or focused: shows its toolbar. */
  isActive: boolean
  isEditing: boolean
  isTarget: boolean
}

type Judged = { me: User; member: ChannelMember | undefined; isNamed: boolean }
const judged = new WeakMap<Post, Judged>()

/** Does a post mention me: by username, by @channel and the like, by one of my keywords? */
const namesMe = (post: Post, me: User | undefined, member: ChannelMember | undefined): boolean => {
  if (!me || post.user_id === me.id) return false
  const known = judged.get(post)
  if (known?.me === me && known.member === member) return known.isNamed
  const isNamed = isNamedIn(post.message, me, member)
  judged.set(post, { me, member, isNamed })
  return isNamed
}

const editDone = (rootId: string): void => {
  editing.set('')
  focusComposer(rootId)
}

/** One message. Its toolbar is rendered only while the message is under the pointer or focused. */
export const MessageRow = memo(
  ({ post, isFollowing, isStop, isActive, isEditing, isTarget }: MessageRowProps) => {
    const intl = useIntl()
    const say = useText()
    const id = useId()
    const name = useSource(personName(post.user_id)) || '…'
    const me = useSource(client.me)
    const time = intl.formatTime(post.create_at)
    const member = useSource(client.members.mine.at(post.channel_id))
    const thread = use(ThreadContext)
    const isMention = namesMe(post, me, member)

    return (
      <article
        className={styles.row}
        data-following={isFollowing ? '' : undefined}
        data-mention={isMention ? '' : undefined}
        data-target={isTarget ? '' : undefined}
        data-post={post.id}
        tabIndex={isStop ? 0 : -1}
        aria-labelledby={`${id}-who ${id}-time ${id}-text`}
      >
        {post.root_id !== '' && thread === '' && !isFollowing && <ReplyReference rootId={post.root_id} />}
        <div className={styles.gutter}>
          {isFollowing ? (
            <time id={`${id}-time`} className={styles.late} dateTime={new Date(post.create_at).toISOString()}>
              {time}
            </time>
          ) : (
            <button
              type="button"
              className={styles.face}
              tabIndex={-1}
              aria-hidden
              onClick={() => profile.open({ userId: post.user_id })}
            >
              <Avatar id={post.user_id} name={name} />
            </button>
          )}
        </div>
        <div className={styles.body}>
          {isFollowing ? (
            <span id={`${id}-who`} hidden>
              {name}
            </span>
          ) : (
            <p className={styles.head}>
              <button
                id={`${id}-who`}
                type="button"
                className={styles.name}
                onClick={() => profile.open({ userId: post.user_id })}
              >
                {name}
              </button>
              <time
                id={`${id}-time`}
                dateTime={new Date(post.create_at).toISOString()}
                title={intl.formatDate(post.create_at, { dateStyle: 'full', timeStyle: 'short' })}
              >
                {time}
              </time>
            </p>
          )}
          <div id={`${id}-text`}>
            {isEditing ? (
              <MessageEditor post={post} done={() => editDone(thread)} />
            ) : (
              <Markdown owner={post} text={post.message}>
                {post.edit_at > 0 ? <small className={styles.edited}> {say('post.edited')}</small> : null}
              </Markdown>
            )}
          </div>
          {partsOf('messageParts').map((Part, i) => (
            <Part key={i} post={post} />
          ))}
        </div>
        {isActive && !isEditing && <MessageToolbar post={post} />}
      </article>
    )
  },
)

/** The message that a reply belongs to: one line with a link to it. */
const ReplyReference = ({ rootId }: { rootId: string }): ReactNode => {
  const say = useText()
  const root = useSource(client.posts.records.at(rootId))
  const name = useSource(personName(root?.user_id ?? ''))
  useEffect(() => client.posts.ensure([rootId]), [rootId])
  const message = root?.message ?? ''
  const text = useMemo(() => summary(message, 160), [message])
  return (
    <button type="button" className={styles.reference} onClick={() => toPost(rootId)}>
      <CornerUpLeft size={14} strokeWidth={1.75} aria-hidden />
      <span>
        {root ? `${say('post.replyTo', { name })}:` : say('post.reply')}
        {text && <q dir="auto">{text}</q>}
      </span>
    </button>
  )
}
