import type { Post } from '@plausch/wire'
import { Bookmark, EyeOff, Pin, TriangleAlert, X } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { profile } from '../../people/users/dialogs.ts'
import { StatusMark } from '../../people/users/StatusMark.tsx'
import { authorTag } from './author.ts'
import styles from './MessageRow.module.css'
import { isEphemeral, type Written } from './rows.ts'

type RowHeadProps = { id: string; post: Written; name: string }

/** Name, time, and what distinguishes the message: written by a bot, urgent. */
export const RowHead = ({ id, post, name }: RowHeadProps) => {
  const intl = useIntl()
  const tag = authorTag(post)
  return (
    <p className={styles.head}>
      <button
        id={`${id}-who`}
        type="button"
        className={styles.name}
        onClick={(event) => profile.open({ userId: post.user_id, anchor: event.currentTarget })}
      >
        {name}
      </button>
      <StatusMark userId={post.user_id} />
      {tag && <AuthorTag text={tag} />}
      <time
        id={`${id}-time`}
        dateTime={new Date(post.create_at).toISOString()}
        title={intl.formatDate(post.create_at, { dateStyle: 'full', timeStyle: 'short' })}
      >
        {intl.formatTime(post.create_at)}
      </time>
      {post.metadata.priority && <Priority post={post} />}
    </p>
  )
}

const AuthorTag = ({ text }: { text: TextId }) => <Tag>{useText()(text)}</Tag>

const Priority = ({ post }: { post: Written }) => {
  const say = useText()
  const priority = post.metadata.priority?.priority
  if (priority === 'urgent')
    return (
      <Tag kind="alarm" icon={TriangleAlert}>
        {say('post.urgent')}
      </Tag>
    )
  return priority === 'important' ? <Tag kind="accent">{say('post.important')}</Tag> : null
}

/** A faint line above the text: pinned, saved, only for the reader. Most rows have none. */
export const RowFlags = ({ post }: { post: Post }) => {
  const isSaved = useSource(client.marked.isSaved(post.id))
  return post.is_pinned || isSaved || isEphemeral(post) ? <Flags post={post} isSaved={isSaved} /> : null
}

const Flags = ({ post, isSaved }: { post: Post; isSaved: boolean }) => {
  const say = useText()
  const isOnlyMine = isEphemeral(post)
  return (
    <p className={styles.flags}>
      {post.is_pinned && (
        <span>
          <Pin size={14} strokeWidth={1.75} aria-hidden />
          {say('post.isPinned')}
        </span>
      )}
      {isSaved && (
        <span>
          <Bookmark size={14} strokeWidth={1.75} aria-hidden />
          {say('post.isSaved')}
        </span>
      )}
      {isOnlyMine && (
        <>
          <span>
            <EyeOff size={14} strokeWidth={1.75} aria-hidden />
            {say('post.onlyMine')}
          </span>
          <IconButton
            icon={X}
            size={16}
            label={say('post.dismiss')}
            onClick={() => client.posts.dismiss(post)}
          />
        </>
      )}
    </p>
  )
}
