import type { User } from '@plausch/wire'
import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
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
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const name = ownName ?? slugOf(displayName)

  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const user_ids = people.map(({ id }) => id)
      await client.groups.create({ name, display_name: displayName.trim(), user_ids })
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const submit = (): void => {
    if (displayName.trim() === '') setProblem(say('groups.nameMissing'))
    else if (!isGroupName(name)) setProblem(say('groups.nameWrong'))
    else void save()
  }

  return (
    <Dialog
      title={say('groups.create')}
      hint={say('groups.hint')}
      onClose={close}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('groups.createSubmit')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      <Field
        label={say('groups.displayName')}
        maxLength={128}
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <Field
        label={say('groups.name')}
        hint={say('groups.nameHint')}
        prefix="@"
        maxLength={64}
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
    </Dialog>
  )
}
