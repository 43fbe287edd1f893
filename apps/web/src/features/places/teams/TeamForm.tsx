import { useText } from '../../../i18n/text.ts'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useForm } from '../../../ui/use-form.ts'

type TeamFormProps = {
  submitLabel: string
  create(name: string, displayName: string): Promise<unknown>
}

/** The name of a team, and its URL, which follows the name until somebody changes it. */
export const TeamForm = ({ submitLabel, create }: TeamFormProps) => {
  const say = useText()
  const form = useForm<{ name: string; address: string | undefined }>(
    { name: '', address: undefined },
    {
      check: ({ name }) => ({ name: name.trim() === '' ? say('team.nameMissing') : '' }),
      refusals: { 'app.team.save.existing': 'address', 'teams.name': 'address' },
    },
  )
  const address = form.values.address ?? slugOf(form.values.name)
  const submit = form.checked(({ name }) => create(address, name.trim()))

  return (
    <Form submit={submit} submitLabel={submitLabel}>
      <Field
        {...form.text('name')}
        label={say('team.name')}
        hint={say('team.nameHint')}
        maxLength={64}
        autoFocus
        autoComplete="organization"
      />
      <Field
        label={say('team.address')}
        prefix={`${location.host}/`}
        maxLength={64}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        value={address}
        problem={form.problemOf('address')}
        onChange={(event) => form.set({ address: event.target.value.toLowerCase() })}
      />
    </Form>
  )
}
