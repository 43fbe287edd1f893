import { isNamedIn } from '@plausch/client'
import type { ChannelMember, Post, User } from '@plausch/wire'
import { CornerUpLeft } from 'lucide-react'
import { memo, type ReactNode, Suspense, use, useEffect, useId, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { menuItems, shownOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { type MessagePart, partsOf } from '../../../platform/feature.ts'
import { afterMessages, later, whenSettled } from '../../../platform/later.ts'
import { personName } from '../../../platform/names.ts'
import { toPost } from '../../../platform/navigation.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { useContextMenu } from '../../../ui/context-menu.ts'
import { summary } from '../../../ui/markdown/summary.ts'
import { profile } from '../../people/users/dialogs.ts'
import { Face } from '../../people/users/Face.tsx'
import { Reactions } from '../reactions/Reactions.tsx'
import { chosenName } from './author.ts'
import { editing, focusComposer } from './composing.ts'
import styles from './MessageRow.module.css'
import { ThreadContext } from './place-of-rows.ts'
import { RowFlags, RowHead } from './RowHead.tsx'
import { RowText, RowWords } from './RowText.tsx'
import { isEphemeral } from './rows.ts'

/** Nobody points at a message before it is there. */
const MessageToolbar = later(async () => (await import('./MessageToolbar.tsx')).MessageToolbar, afterMessages)
whenSettled(() => void MessageToolbar.load())

const MessageEditor = later(async () => (await import('./MessageEditor.tsx')).MessageEditor)

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

type NotifyProps = ChannelMember['notify_props']
type Judged = { me: User; props: NotifyProps | undefined; isNamed: boolean }
const judged = new WeakMap<Post, Judged>()

/** Does a post mention me: by username, by @channel and the like, by one of my keywords? */
const namesMe = (post: Post, me: User | undefined, props: NotifyProps | undefined): boolean => {
  if (!me || post.user_id === me.id) return false
  const known = judged.get(post)
  if (known?.me === me && known.props === props) return known.isNamed
  const isNamed = isNamedIn(post.message, me, props && { notify_props: props })
  judged.set(post, { me, props, isNamed })
  return isNamed
}

const editDone = (rootId: string): void => {
  editing.set('')
  focusComposer(rootId)
}

type PartKind = 'messageParts' | 'messageFooters'
const known: { [K in PartKind]?: readonly MessagePart[] } = {}

/** The parts of a kind that features add to this message. */
const partsFor = (post: Post, kind: PartKind): ReactNode => {
  known[kind] ??= partsOf(kind)
  return known[kind].map((Part, i) => ((Part.concerns?.(post) ?? true) ? <Part key={i} post={post} /> : null))
}

/** Everything that can be done with a message, at a point of the window. */
const menuOf = (post: Post) => menuItems(shownOn('post', post, 'menu').get(), post)

/** One message. Its toolbar is rendered only while the message is under the pointer or focused. */
export const MessageRow = memo(
  ({ post, isFollowing, isStop, isActive, isEditing, isTarget }: MessageRowProps) => {
    const say = useText()
    const id = useId()
    const own = useSource(personName(post.user_id))
    const me = useSource(client.me)
    const props = useSource(client.members.notifyProps(post.channel_id))
    const thread = use(ThreadContext)
    const name = chosenName(post) || own || '…'
    const isMention = namesMe(post, me, props)
    const menu = useContextMenu(() => (isEphemeral(post) ? [] : menuOf(post)), say('post.actions'))

    return (
      <article
        className={styles.row}
        data-following={isFollowing ? '' : undefined}
        data-mention={isMention ? '' : undefined}
        data-target={isTarget ? '' : undefined}
        data-post={post.id}
        tabIndex={isStop ? 0 : -1}
        aria-labelledby={`${id}-who ${id}-time ${id}-text ${id}-more`}
        {...(isEditing ? {} : menu)}
      >
        {post.root_id !== '' && thread === '' && !isFollowing && <ReplyReference rootId={post.root_id} />}
        <Gutter id={id} post={post} name={name} isFollowing={isFollowing} />
        <div className={styles.body}>
          {isFollowing ? (
            <span id={`${id}-who`} hidden>
              {name}
            </span>
          ) : (
            <RowHead id={id} post={post} name={name} />
          )}
          <RowFlags post={post} />
          <div id={`${id}-text`}>
            {isEditing ? (
              <Suspense fallback={<RowText post={post} />}>
                <MessageEditor post={post} done={() => editDone(thread)} />
              </Suspense>
            ) : (
              <RowText post={post} />
            )}
          </div>
          {partsFor(post, 'messageParts')}
          {post.metadata.reactions && <Reactions post={post} />}
          {partsFor(post, 'messageFooters')}
          {(post.metadata.reactions || post.reply_count > 0) && <RowWords id={`${id}-more`} post={post} />}
        </div>
        {isActive && !isEditing && !isEphemeral(post) && (
          <Suspense>
            <MessageToolbar post={post} />
          </Suspense>
        )}
      </article>
    )
  },
)

type GutterProps = { id: string; post: Post; name: string; isFollowing: boolean }

/** The column at the side: a face, or in the rows that follow the time. */
const Gutter = ({ id, post, name, isFollowing }: GutterProps) => {
  const intl = useIntl()
  return (
    <div className={styles.gutter}>
      {isFollowing ? (
        <time id={`${id}-time`} className={styles.late} dateTime={new Date(post.create_at).toISOString()}>
          {intl.formatTime(post.create_at)}
        </time>
      ) : (
        <button
          type="button"
          className={styles.face}
          tabIndex={-1}
          aria-hidden
          onClick={(event) => profile.open({ userId: post.user_id, anchor: event.currentTarget })}
        >
          {chosenName(post) === '' ? <Face userId={post.user_id} /> : <Avatar id={name} name={name} />}
        </button>
      )}
    </div>
  )
}

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
