import { useText } from '../../../i18n/text.ts'
import { LinkForm } from './LinkForm.tsx'
import { freeGroups, type Place } from './links.ts'

type LinkGroupProps = { place: Place; done(): void; close(): void }

/** Links a team or a channel to a group. */
export const LinkGroup = ({ place, done, close }: LinkGroupProps) => {
  const say = useText()
  return (
    <LinkForm
      title={say('groupLinks.linkNamed', { name: place.name })}
      label={say('groupLinks.group')}
      none={say('groupLinks.noGroup')}
      find={async (term) =>
        (await freeGroups(place, term)).map(({ id, display_name, member_count = 0 }) => ({
          ...{ id, name: display_name, note: say('members.groupSize', { count: member_count }) },
        }))
      }
      endsOf={({ id, name }) => ({ group: { id, name }, place })}
      done={done}
      close={close}
    />
  )
}
