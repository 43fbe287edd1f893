import { requests as operations, type TeamRequest } from '@plausch/wire'
import { notify } from '../../../browser/notices.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'

type ApproveRequestProps = { request: TeamRequest; done(request: TeamRequest): void; close(): void }

/** Sets the team up; under another address, if the wished one is taken. */
export const ApproveRequest = ({ request, done, close }: ApproveRequestProps) => {
  const say = useText()
  const { id, display_name: team, name, is_name_taken } = request
  const form = useForm(
    { name: is_name_taken ? '' : name },
    {
      check: (values) => ({ name: values.name.trim() === '' ? say('requests.addressMissing') : '' }),
      refusals: { 'app.team.save.existing': 'name', 'teams.name': 'name' },
    },
  )
  const approve = form.checked(async (values) => {
    const params = { team_request_id: id }
    done(await client.call(operations.approve, { params, body: { name: values.name.trim() } }))
    notify('done', say('requests.approvedNow', { team }))
  })
  return (
    <FormDialog
      title={say('requests.approveTitle', { team })}
      hint={say('requests.approveLead')}
      submitLabel={say('requests.approve')}
      submit={approve}
      onClose={close}
    >
      <Field
        {...form.text('name')}
        label={say('requests.address')}
        hint={is_name_taken ? say('requests.nameTaken') : undefined}
        prefix={`${location.host}/`}
        maxLength={64}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
    </FormDialog>
  )
}
