import type { User } from '@plausch/wire'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'
import { isGroupName } from './rights.ts'

const MOST = 100

/** Makes a group. Its name for mentions follows from the other, until somebody changes it. */
export const NewGroup = ({ close }: { close(): void }) => {
  const say = useText()
  const [displayName, setDisplayName] = useState('')
  const [ownName, setOwnName] = useState<string>()
  const [people, setPeople] = useState<readonly User[]>([])
  const [isAsked, setAsked] = useState(false)
  const name = ownName ?? slugOf(displayName)
  const isNameless = displayName.trim() === ''

  const save = async (): Promise<unknown> => {
    setAsked(true)
    if (isNameless || !isGroupName(name)) return false
    const user_ids = people.map(({ id }) => id)
    return await client.groups.create({ name, display_name: displayName.trim(), user_ids })
  }

  return (
    <FormDialog
      title={say('groups.create')}
      hint={say('groups.hint')}
      onClose={close}
      submitLabel={say('groups.createSubmit')}
      submit={save}
    >
      <Field
        label={say('groups.displayName')}
        maxLength={128}
        problem={isAsked && isNameless ? say('groups.nameMissing') : ''}
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <Field
        label={say('groups.name')}
        hint={say('groups.nameHint')}
        prefix="@"
        maxLength={64}
        problem={isAsked && !isNameless && !isGroupName(name) ? say('groups.nameWrong') : ''}
        value={name}
        onChange={(event) => setOwnName(event.target.value.toLowerCase())}
      />
      <PeoplePicker
        label={say('groups.members')}
        chosen={people}
        most={MOST}
        find={(term) => client.users.search(term)}
        onChange={setPeople}
      />
    </FormDialog>
  )
}
