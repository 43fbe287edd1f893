import type { User } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Person } from '../../../ui/Person.tsx'
import { Picker } from '../../../ui/Picker.tsx'

type PeoplePickerProps = {
  label: string
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

const Found = ({ user }: { user: User }) => (
  <Person
    id={user.id}
    name={useSource(personName(user.id)) || user.username}
    username={user.username}
    status={useSource(client.presence.records.at(user.id))?.status}
    note={`${user.first_name} ${user.last_name}`.trim()}
  />
)
