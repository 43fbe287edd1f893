import { UsersRound } from 'lucide-react'
import { attempt, useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useFound } from '../../../ui/use-found.ts'
import { letGroupsDecide, linkGroup } from './dialogs.ts'
import { LinkRow } from './LinkRow.tsx'
import styles from './Links.module.css'
import { groupsOfPlace, type Link, type Place } from './links.ts'

type PlaceGroupsProps = {
  place: Place
  isDecided: boolean
  /** Stands beside other things, and needs a heading. */
  isPart?: boolean
  /** May the reader make and end links here? */
  mayLink: boolean
  /** May the reader leave to groups who is here? */
  mayDecide: boolean
  decide(isDecided: boolean): Promise<unknown>
}

/** The groups that are linked to a team or a channel, and whether only they decide who is in it. */
export const PlaceGroups = ({
  place,
  isDecided,
  isPart = false,
  mayLink,
  mayDecide,
  decide,
}: PlaceGroupsProps) => {
  const say = useText()
  const found = useFound(place.id, '', (page) => groupsOfPlace(place, page))
  const isEmpty = found.items?.length === 0
  // Readers without a part in it are not told of something that is not used here.
  if (!mayLink && !isDecided && (found.items === undefined || isEmpty)) return null
  const why = isDecided ? 'groupLinks.isDecided' : isEmpty ? 'groupLinks.linkFirst' : 'groupLinks.isOpen'
  return (
    <section aria-label={say('groupLinks.title')} className={styles.part}>
      {isPart && <h3>{say('groupLinks.title')}</h3>}
      <Switch
        label={say('groupLinks.decidedBy')}
        hint={say(why)}
        isOn={isDecided}
        isDisabled={!mayDecide || (!isDecided && (found.items ?? []).length === 0)}
        onChange={(next) =>
          next ? letGroupsDecide.open({ place, save: () => decide(true) }) : void attempt(() => decide(false))
        }
      />
      <FoundList
        found={found}
        label={say('groupLinks.title')}
        none={<p className={styles.soft}>{say('groupLinks.none')}</p>}
        keyOf={({ id }) => id}
        render={(group) => (
          <LinkRow
            link={linkOf(place, group)}
            names="group"
            note={group.name ? `@${group.name}` : ''}
            mayChange={mayLink}
            done={found.again}
          />
        )}
      />
      {mayLink && (
        <Button icon={UsersRound} onClick={() => linkGroup.open({ place, done: found.again })}>
          {say('groupLinks.linkGroup')}
        </Button>
      )}
    </section>
  )
}

const linkOf = (
  place: Place,
  { id, display_name, scheme_admin }: { id: string; display_name: string; scheme_admin: boolean },
): Link => ({ group: { id, name: display_name }, place, makesAdmins: scheme_admin })
