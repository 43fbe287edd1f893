import type { Post } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { spokenEmoji } from '../emoji/EmojiSign.tsx'
import { reactionGroups } from '../reactions/groups.ts'
import { editHistory } from './dialogs.ts'
import { Fold } from './Fold.tsx'
import styles from './MessageRow.module.css'

/** The text of a message with the mark of an edited one. */
export const RowText = ({ post }: { post: Post }) => (
  <Fold id={post.id} text={post.message}>
    <Markdown owner={post} text={post.message}>
      {post.edit_at > 0 ? <Edited post={post} /> : null}
    </Markdown>
  </Fold>
)

/** Authors can look at the earlier versions of their message. */
const Edited = ({ post }: { post: Post }) => {
  const say = useText()
  const intl = useIntl()
  const isOwn = useSource(client.myId) === post.user_id
  const at = say('post.editedAt', {
    time: intl.formatDate(post.edit_at, { dateStyle: 'medium', timeStyle: 'short' }),
  })
  if (!isOwn)
    return (
      <small className={styles.edited} title={at}>
        {' '}
        {say('post.edited')}
      </small>
    )
  return (
    <>
      {' '}
      <button type="button" className={styles.edited} title={at} onClick={() => editHistory.open({ post })}>
        {say('post.edited')}
      </button>
    </>
  )
}

/** Reactions and replies for the name of the row, which screen readers say. */
export const RowWords = ({ id, post }: { id: string; post: Post }) => {
  const say = useText()
  const me = useSource(client.myId)
  const { reactions = [] } = post.metadata
  const groups = reactionGroups(reactions, me)
  const list = groups.map(({ name, userIds }) => `${spokenEmoji(name)} ${userIds.length}`).join(', ')
  return (
    <span id={id} hidden>
      {reactions.length > 0 && say('reactions.spoken', { count: reactions.length, list })}{' '}
      {post.reply_count > 0 && say('post.replies', { count: post.reply_count })}
    </span>
  )
}
