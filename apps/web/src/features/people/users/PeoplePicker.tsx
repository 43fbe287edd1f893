import type { User } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { personName } from '../../../platform/names.ts'
import { Picker } from '../../../ui/Picker.tsx'
import { PersonRow } from './PersonRow.tsx'

type PeoplePickerProps = {
  label: string
  /** What is wrong with the choice. */
  problem?: string
  chosen: readonly User[]
  /** The maximum number of people. */
  most: number
  find(term: string): Promise<readonly User[]>
  onChange(chosen: readonly User[]): void
}

/** Finds people by name and collects them. */
export const PeoplePicker = (props: PeoplePickerProps) => {
  const say = useText()
  return (
    <Picker
      {...props}
      placeholder={say('people.placeholder')}
      none={say('people.none')}
      keyOf={(user) => user.id}
      render={(user) => <Found user={user} />}
      renderChosen={(user) => <Name user={user} />}
      removeLabel={(user) => say('people.remove', { name: user.username })}
    />
  )
}

const Name = ({ user }: { user: User }) => useSource(personName(user.id)) || user.username

const Found = ({ user }: { user: User }) => <PersonRow userId={user.id} />
