import type { Post } from '@plausch/wire'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { WritingField } from '../writing/WritingField.tsx'
import { editedText } from './composing.ts'
import styles from './MessageRow.module.css'

/** Edits a message in place. */
export const MessageEditor = ({ post, done }: { post: Post; done(): void }) => {
  const say = useText()
  const area = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => editedText.get() ?? post.message)

  const save = (): void => {
    const message = text.trim()
    if (message === '') return
    if (message !== post.message) void attempt(() => client.posts.edit(post.id, message))
    done()
  }

  const onKey = (event: KeyboardEvent): boolean => {
    if (event.key === 'Escape') done()
    else if (event.key === 'Enter' && !event.shiftKey) save()
    else return false
    return true
  }

  useEffect(() => {
    const element = area.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])

  return (
    <div className={styles.editor}>
      <WritingField
        area={area}
        label={say('post.editLabel')}
        value={text}
        channelId={post.channel_id}
        rootId={post.root_id}
        onChange={(next) => {
          setText(next)
          editedText.set(next)
        }}
        onKey={onKey}
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
