import type { Post } from '@plausch/wire'
import { useState } from 'react'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import { focusComposer } from './composing.ts'
import styles from './DeletePost.module.css'
import { focusedThread } from './place-of-rows.ts'

/** Asks before a message is deleted for good: nobody can bring it back. */
export const DeletePost = ({ post, close }: { post: Post; close(): void }) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const [thread] = useState(focusedThread)
  const remove = async (): Promise<void> => {
    setBusy(true)
    const isDone = await attempt(() => client.posts.remove(post.id))
    close()
    // The message that had the focus is gone.
    if (isDone) requestAnimationFrame(() => focusComposer(thread))
  }
  return (
    <Dialog
      title={say('post.deleteTitle')}
      hint={say('post.deleteLead')}
      onClose={close}
      onSubmit={() => void remove()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="danger" type="submit" isBusy={isBusy} autoFocus>
            {say('post.delete')}
          </Button>
        </>
      }
    >
      <blockquote dir="auto" className={styles.excerpt}>
        {summary(post.message, 400)}
      </blockquote>
    </Dialog>
  )
}
