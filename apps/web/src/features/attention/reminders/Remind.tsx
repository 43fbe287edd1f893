import { type Post, reminders } from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Choice as Choices, type Option } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { CHOICES, type Choice, timeOf } from './times.ts'

type RemindProps = { post: Post; close(): void }

type Draft = { choice: Choice; other: number | undefined }

/** The time that was chosen; 0 if it is missing. */
const targetOf = ({ choice, other }: Draft): number =>
  (choice === 'other' ? other : timeOf(choice, Date.now())) ?? 0

/** Asks when the server should remind the reader of a message. */
export const Remind = ({ post, close }: RemindProps) => {
  const say = useText()
  const intl = useIntl()
  const form = useForm<Draft>(
    { choice: '20m', other: undefined },
    { check: (draft) => ({ other: targetOf(draft) > Date.now() ? '' : say('reminders.past') }) },
  )
  const [opened] = useState(Date.now)
  const written = (time: number): string =>
    intl.formatDate(time, { weekday: 'short', hour: 'numeric', minute: 'numeric' })
  const options = CHOICES.map(({ value, label }): Option<Choice> => {
    const time = timeOf(value, opened)
    return { value, label: say(label), ...(time !== undefined && { hint: written(time) }) }
  })

  const save = form.checked(async (draft) => {
    const time = targetOf(draft)
    const params = { user_id: 'me', post_id: post.id }
    await client.call(reminders.save, { params, body: { target_time: Math.floor(time / 1000) } })
    notify('done', say('reminders.saved', { time: written(time) }))
  })

  return (
    <FormDialog
      title={say('reminders.title')}
      onClose={close}
      submitLabel={say('reminders.remind')}
      submit={save}
    >
      <Choices<Choice> {...form.part('choice')} legend={say('reminders.when')} options={options} />
      {form.values.choice === 'other' && (
        <DateTime {...form.part('other')} label={say('reminders.time')} min={opened} />
      )}
    </FormDialog>
  )
}
