import { type Post, posts } from '@plausch/wire'
import { RotateCcw } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import styles from './EditHistory.module.css'

type EditHistoryProps = { post: Post; close(): void }

/** The versions of one's own message, the latest first. An earlier one can be made the current one again. */
export const EditHistory = ({ post, close }: EditHistoryProps) => {
  const say = useText()
  const current = useSource(client.posts.records.at(post.id)) ?? post
  const [versions, setVersions] = useState<readonly Post[]>()
  const [problem, setProblem] = useState('')
  const [restoring, setRestoring] = useState('')

  useEffect(() => {
    let isOpen = true
    client.call(posts.history, { params: { post_id: post.id } }).then(
      (found) => isOpen && setVersions(found.toSorted((a, b) => b.update_at - a.update_at)),
      (error: unknown) => isOpen && setProblem(problemOf(error)),
    )
    return () => {
      isOpen = false
    }
  }, [post.id])

  const restore = async (version: Post): Promise<void> => {
    setRestoring(version.id)
    const params = { post_id: post.id, restore_version_id: version.id }
    const isDone = await attempt(async () =>
      client.posts.put(await client.call(posts.restoreVersion, { params })),
    )
    setRestoring('')
    if (!isDone) return
    notify('done', say('history.restored'))
    close()
  }

  return (
    <Dialog title={say('history.title')} size="large" onClose={close}>
      <FormProblem text={problem} />
      {versions === undefined && problem === '' && <Busy />}
      {versions && (
        <ol className={styles.versions}>
          <Version
            version={current}
            at={current.edit_at || current.create_at}
            note={say('history.current')}
          />
          {versions.map((version) => (
            <Version key={version.id} version={version} at={version.edit_at || version.create_at}>
              <Button
                kind="quiet"
                icon={RotateCcw}
                isBusy={restoring === version.id}
                onClick={() => void restore(version)}
              >
                {say('history.restore')}
              </Button>
            </Version>
          ))}
        </ol>
      )}
    </Dialog>
  )
}

type VersionProps = { version: Post; at: number; note?: string; children?: ReactNode }

const Version = ({ version, at, note, children }: VersionProps) => {
  const intl = useIntl()
  return (
    <li>
      <p className={styles.head}>
        <time dateTime={new Date(at).toISOString()}>
          {intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
        {note && <span>{note}</span>}
        {children}
      </p>
      <Markdown owner={version} text={version.message} />
    </li>
  )
}
