import { type GuestStay, guests as operations } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { useForm } from '../../../ui/use-form.ts'
import { putStay } from './stays.ts'

type GuestEndProps = { userId: string; close(): void }

/** Sets until when a guest stays. */
export const GuestEnd = ({ userId, close }: GuestEndProps) => {
  const say = useText()
  const name = useSource(personName(userId))
  const { value, problem } = useAnswer(
    () => client.call(operations.get, { params: { user_id: userId } }),
    userId,
  )
  if (value) return <EndForm stay={value} close={close} />
  return (
    <Dialog title={say('guests.setEndTitle', { name })} onClose={close}>
      {problem === '' ? <Busy /> : <FormProblem text={problem} />}
    </Dialog>
  )
}

const EndForm = ({ stay, close }: { stay: GuestStay; close(): void }) => {
  const say = useText()
  const name = useSource(personName(stay.user_id))
  const form = useForm<{ until: number | undefined }>(
    { until: stay.end_at || undefined },
    {
      check: ({ until }) => ({ until: until !== undefined && until <= Date.now() ? say('guests.past') : '' }),
      refusals: { 'guests.past': 'until' },
    },
  )
  const save = form.checked(async ({ until = 0 }) =>
    putStay(
      await client.call(operations.setEnd, { params: { user_id: stay.user_id }, body: { end_at: until } }),
    ),
  )
  return (
    <FormDialog
      title={say('guests.setEndTitle', { name })}
      hint={say('guests.setEndLead')}
      submitLabel={say('guests.save')}
      submit={save}
      onClose={close}
    >
      <DateTime
        {...form.part('until')}
        label={say('guests.until')}
        hint={say('guests.untilHint')}
        min={Date.now()}
      />
    </FormDialog>
  )
}
