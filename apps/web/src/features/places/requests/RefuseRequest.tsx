import { requests as operations, REQUEST_LIMITS, type TeamRequest } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Area } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'

type RefuseRequestProps = { request: TeamRequest; done(request: TeamRequest): void; close(): void }

/** Refuses a request with a reason. */
export const RefuseRequest = ({ request, done, close }: RefuseRequestProps) => {
  const say = useText()
  const form = useForm(
    { reason: '' },
    {
      keptAs: `requests/refuse/${request.id}`,
      check: ({ reason }) => ({ reason: reason.trim() === '' ? say('requests.reasonMissing') : '' }),
    },
  )
  const refuse = form.checked(async ({ reason }) => {
    const params = { team_request_id: request.id }
    done(await client.call(operations.refuse, { params, body: { reason: reason.trim() } }))
    form.forget()
  })
  return (
    <FormDialog
      title={say('requests.refuseTitle', { team: request.display_name })}
      submitLabel={say('requests.refuse')}
      isDanger
      submit={refuse}
      onClose={close}
    >
      <Area
        {...form.text('reason')}
        label={say('requests.reason')}
        hint={say('requests.reasonHint')}
        maxLength={REQUEST_LIMITS.reason}
        rows={3}
        autoFocus
      />
    </FormDialog>
  )
}
