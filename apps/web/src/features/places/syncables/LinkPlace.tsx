import { useText } from '../../../i18n/text.ts'
import { LinkForm } from './LinkForm.tsx'
import { freePlaces, type Link } from './links.ts'

type LinkPlaceProps = { group: Link['group']; links: readonly Link[]; done(): void; close(): void }

/** Links a group to a team or a channel. */
export const LinkPlace = ({ group, links, done, close }: LinkPlaceProps) => {
  const say = useText()
  const linked = new Set(links.map(({ place }) => place.id))
  return (
    <LinkForm
      title={say('groupLinks.linkNamed', { name: group.name })}
      label={say('groupLinks.place')}
      none={say('groupLinks.noPlace')}
      find={async (term) =>
        (await freePlaces(term, group.id, linked)).map((place) => ({
          ...place,
          note:
            place.kind === 'team'
              ? say('groupLinks.team')
              : say('groupLinks.channelOf', { team: place.note }),
        }))
      }
      endsOf={(place) => ({ group, place })}
      done={done}
      close={close}
    />
  )
}
