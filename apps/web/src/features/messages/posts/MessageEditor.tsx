import type { Post } from '@plausch/wire'
import { useState } from 'react'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { GrowingText } from '../../../ui/GrowingText.tsx'
import styles from './MessageRow.module.css'

/** Edits a message in place. */
export const MessageEditor = ({ post, done }: { post: Post; done(): void }) => {
  const say = useText()
  const [text, setText] = useState(post.message)

  const save = (): void => {
    const message = text.trim()
    if (message === '') return
    if (message !== post.message) void attempt(() => client.posts.edit(post.id, message))
    done()
  }

  return (
    <div className={styles.editor}>
      <GrowingText
        label={say('post.editLabel')}
        value={text}
        onChange={setText}
        focusAtEnd
        onKeyDown={(event) => {
          if (event.key === 'Escape') done()
          else if (event.key === 'Enter' && !event.shiftKey) save()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <div className={styles.editorActions}>
        <span className={styles.editorHint}>{say('post.editHint')}</span>
        <Button kind="quiet" onClick={done}>
          {say('action.cancel')}
        </Button>
        <Button kind="primary" onClick={save} disabled={text.trim() === ''}>
          {say('action.save')}
        </Button>
      </div>
    </div>
  )
}
