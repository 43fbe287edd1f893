import type { ScheduledPost } from '@plausch/wire'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Area } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'

/** Changes the text of a scheduled message. */
export const EditScheduled = ({ post, close }: { post: ScheduledPost; close(): void }) => {
  const say = useText()
  const [text, setText] = useState(post.message)
  const message = text.trim()
  const isNothing = message === '' && post.file_ids.length === 0

  const save = (): Promise<void> => client.scheduled.update(post, { message })

  return (
    <FormDialog
      title={say('scheduled.editTitle')}
      size="large"
      onClose={close}
      submitLabel={say('action.save')}
      submit={save}
      isDisabled={isNothing}
    >
      <Area
        label={say('scheduled.message')}
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  )
}
