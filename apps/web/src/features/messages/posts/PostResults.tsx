import type { Post } from '@plausch/wire'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { highlight } from '../../../browser/highlights.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { toPost } from '../../../platform/navigation.ts'
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import unseen from '../../../ui/Unseen.module.css'
import { Face } from '../../people/users/Face.tsx'
import styles from './PostResults.module.css'
import { isSystem } from './rows.ts'

type PostResultsProps = {
  label: string
  ids: readonly string[]
  /** The words to mark in a message. */
  wordsOf?(postId: string): readonly string[]
  /** Buttons of a message, such as one that takes it from the list. */
  actionsOf?(post: Post): ReactNode
}

const NO_WORDS: readonly string[] = []

/**
 * Messages outside of their channel, each with its place. The arrow keys move through them; Enter or a press
 * shows the message where it was written.
 */
export const PostResults = ({ label, ids, wordsOf, actionsOf }: PostResultsProps) => {
  const [focused, setFocused] = useState('')
  const stop = ids.includes(focused) ? focused : ids[0]
  return (
    <ul className={styles.list} aria-label={label} onKeyDown={moveByKeys}>
      {ids.map((id) => (
        <li key={id} onFocus={() => setFocused(id)}>
          <ErrorBoundary part="message" of={id}>
            <Result
              postId={id}
              isStop={id === stop}
              words={wordsOf?.(id) ?? NO_WORDS}
              actionsOf={actionsOf}
            />
          </ErrorBoundary>
        </li>
      ))}
    </ul>
  )
}

const moveByKeys = (event: KeyboardEvent<HTMLUListElement>): void => {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-result]')]
  const at = rows.findIndex((row) => row.closest('li')?.contains(document.activeElement))
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (to === undefined || at < 0) return
  event.preventDefault()
  rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus()
}

type ResultProps = {
  postId: string
  isStop: boolean
  words: readonly string[]
  actionsOf: PostResultsProps['actionsOf']
}

const Result = ({ postId, isStop, words, actionsOf }: ResultProps) => {
  const say = useText()
  const intl = useIntl()
  const post = useSource(client.posts.records.at(postId))
  const author = useSource(personName(post?.user_id ?? '')) || '…'
  const place = useSource(channelName(post?.channel_id ?? ''))
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => (text.current ? highlight(text.current, words) : undefined), [words])
  if (!post) return null
  const at = intl.formatDate(post.create_at, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <article className={styles.result}>
      <button
        type="button"
        className={styles.head}
        data-result
        tabIndex={isStop ? 0 : -1}
        onClick={() => toPost(postId)}
      >
        <span className={styles.place}>{place}</span>
        <time dateTime={new Date(post.create_at).toISOString()}>{at}</time>
        <span className={unseen.unseen}>{say('post.showIn', { author })}</span>
      </button>
      <div className={styles.body}>
        <Face userId={post.user_id} size={28} />
        <div className={styles.words}>
          <p className={styles.author}>
            {author}
            {post.root_id !== '' && <span>{say('post.inThread')}</span>}
          </p>
          <div ref={text} className={styles.text}>
            {isSystem(post) ? <p>{post.message}</p> : <Markdown owner={post} text={post.message} />}
          </div>
        </div>
      </div>
      {actionsOf && <div className={styles.actions}>{actionsOf(post)}</div>}
    </article>
  )
}
