import type { Post } from '@plausch/wire'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import { focusComposer } from './composing.ts'
import styles from './DeletePost.module.css'
import { focusedThread } from './place-of-rows.ts'

/** Asks before a message is deleted for good: nobody can bring it back. */
export const DeletePost = ({ post, close }: { post: Post; close(): void }) => {
  const say = useText()
  const [thread] = useState(focusedThread)
  const remove = async (): Promise<void> => {
    await client.posts.remove(post.id)
    // The message that had the focus is gone.
    setTimeout(() => focusComposer(thread))
  }
  return (
    <Confirm
      title={say('post.deleteTitle')}
      lead={say('post.deleteLead')}
      action={say('post.delete')}
      isDanger
      run={remove}
      onClose={close}
    >
      <blockquote dir="auto" className={styles.excerpt}>
        {summary(post.message, 400)}
      </blockquote>
    </Confirm>
  )
}
