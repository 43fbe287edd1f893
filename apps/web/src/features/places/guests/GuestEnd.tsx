import { guests as operations } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { DateTime } from '../../../ui/DateTime.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { putStay, stayOf } from './stays.ts'

/** Sets until when a guest stays. */
export const GuestEnd = ({ userId, close }: { userId: string; close(): void }) => {
  const say = useText()
  const name = useSource(personName(userId))
  const known = stayOf(userId).get()?.end_at || undefined
  const form = useForm<{ until: number | undefined }>(
    { until: known },
    {
      check: ({ until }) => ({ until: until !== undefined && until <= Date.now() ? say('guests.past') : '' }),
      refusals: { 'guests.past': 'until' },
    },
  )
  const save = form.checked(async ({ until = 0 }) =>
    putStay(await client.call(operations.setEnd, { params: { user_id: userId }, body: { end_at: until } })),
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
