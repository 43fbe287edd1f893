import type { Post } from '@plausch/wire'
import { memo, useEffect, useState } from 'react'
import { useIntl } from 'react-intl'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import styles from './MessageList.module.css'
import { systemText } from './system-text.ts'

/** More in a row are folded. */
const MOST = 3

const peopleOf = (posts: readonly Post[]): string[] =>
  posts
    .flatMap((post) => [post.user_id, post.props.userId, post.props.addedUserId, post.props.removedUserId])
    .filter((id): id is string => typeof id === 'string' && id !== '')

/** System messages: faint lines in the middle, folded if there are many. */
export const SystemLines = memo(({ posts }: { posts: readonly Post[] }) => {
  const say = useText()
  const intl = useIntl()
  const [isOpen, setOpen] = useState(false)
  useSource(client.users.records)
  useEffect(() => client.users.ensure(peopleOf(posts)), [posts])
  const lineOf = (post: Post) => (
    <p key={post.id} title={intl.formatDate(post.create_at, { dateStyle: 'medium', timeStyle: 'short' })}>
      {systemText(post, say, (userId) => personName(userId).get())}
    </p>
  )
  if (posts.length <= MOST) return <div className={styles.system}>{posts.map(lineOf)}</div>
  return (
    <div className={styles.system}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say(isOpen ? 'system.fold' : 'system.unfold', { count: posts.length })}
      </button>
      {isOpen && posts.map(lineOf)}
    </div>
  )
})
