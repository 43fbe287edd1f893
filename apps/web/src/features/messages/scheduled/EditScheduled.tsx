import type { ScheduledPost } from '@plausch/wire'
import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Area } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'

/** Changes the text of a scheduled message. */
export const EditScheduled = ({ post, close }: { post: ScheduledPost; close(): void }) => {
  const say = useText()
  const [text, setText] = useState(post.message)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const message = text.trim()
  const isNothing = message === '' && post.file_ids.length === 0

  const save = async (): Promise<void> => {
    if (isNothing) return
    setBusy(true)
    try {
      await client.scheduled.update(post, { message })
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say('scheduled.editTitle')}
      size="large"
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button type="submit" kind="primary" isBusy={isBusy} disabled={isNothing}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <Area
        label={say('scheduled.message')}
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <FormProblem text={problem} />
    </Dialog>
  )
}
