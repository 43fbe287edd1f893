import type { User } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useForm } from '../../../ui/use-form.ts'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'
import { isGroupName } from './rights.ts'

const MOST = 100

type Draft = { displayName: string; name: string | undefined; people: readonly User[] }

const EMPTY: Draft = { displayName: '', name: undefined, people: [] }

const nameOf = ({ displayName, name }: Draft): string => name ?? slugOf(displayName)

/** Makes a group. Its name for mentions follows from the other, until somebody changes it. */
export const NewGroup = ({ close }: { close(): void }) => {
  const say = useText()
  const form = useForm<Draft>(EMPTY, {
    check: (draft) => {
      if (draft.displayName.trim() === '') return { displayName: say('groups.nameMissing') }
      return { name: isGroupName(nameOf(draft)) ? '' : say('groups.nameWrong') }
    },
    refusals: { 'groups.name': 'name' },
  })
  const save = form.checked((draft) =>
    client.groups.create({
      name: nameOf(draft),
      display_name: draft.displayName.trim(),
      user_ids: draft.people.map(({ id }) => id),
    }),
  )

  return (
    <FormDialog
      title={say('groups.create')}
      hint={say('groups.hint')}
      onClose={close}
      submitLabel={say('groups.createSubmit')}
      submit={save}
    >
      <Field {...form.text('displayName')} label={say('groups.displayName')} maxLength={128} />
      <Field
        label={say('groups.name')}
        hint={say('groups.nameHint')}
        prefix="@"
        maxLength={64}
        problem={form.problemOf('name')}
        value={nameOf(form.values)}
        onChange={({ target }) => form.set({ name: target.value.toLowerCase() })}
      />
      <PeoplePicker
        label={say('groups.members')}
        chosen={form.values.people}
        most={MOST}
        find={(term) => client.users.search(term)}
        onChange={(people) => form.set({ people })}
      />
    </FormDialog>
  )
}
