import { type Post, reminders } from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Choice as Choices, type Option } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { CHOICES, type Choice, timeOf } from './times.ts'

type RemindProps = { post: Post; close(): void }

/** Asks when the server should remind the reader of a message. */
export const Remind = ({ post, close }: RemindProps) => {
  const say = useText()
  const intl = useIntl()
  const [choice, setChoice] = useState<Choice>('20m')
  const [other, setOther] = useState<number>()
  const [isWrong, setWrong] = useState(false)
  const [opened] = useState(Date.now)
  const written = (time: number): string =>
    intl.formatDate(time, { weekday: 'short', hour: 'numeric', minute: 'numeric' })
  const options = CHOICES.map(({ value, label }): Option<Choice> => {
    const time = timeOf(value, opened)
    return { value, label: say(label), ...(time !== undefined && { hint: written(time) }) }
  })

  const save = async (): Promise<boolean> => {
    const time = choice === 'other' ? other : timeOf(choice, Date.now())
    const isPast = time === undefined || time <= Date.now()
    setWrong(isPast)
    if (isPast) return false
    const params = { user_id: 'me', post_id: post.id }
    await client.call(reminders.save, { params, body: { target_time: Math.floor(time / 1000) } })
    notify('done', say('reminders.saved', { time: written(time) }))
    return true
  }

  return (
    <FormDialog
      title={say('reminders.title')}
      onClose={close}
      submitLabel={say('reminders.remind')}
      submit={save}
    >
      <Choices<Choice> legend={say('reminders.when')} value={choice} options={options} onChange={setChoice} />
      {choice === 'other' && (
        <DateTime
          label={say('reminders.time')}
          value={other}
          min={opened}
          problem={isWrong ? say('reminders.past') : ''}
          onChange={setOther}
        />
      )}
    </FormDialog>
  )
}
