import type { NamespacePreview } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Table } from '../../../ui/Table.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import styles from './Namespaces.module.css'
import { problemText } from './words.ts'

type RulePreviewProps = {
  preview: NamespacePreview
  /** The entries that take over what has their address, by their ids. */
  takeOver: ReadonlySet<string>
  onTakeOver(ids: ReadonlySet<string>): void
}

/** What a rule would do. */
export const RulePreview = ({ preview, takeOver, onTakeOver }: RulePreviewProps) => {
  const say = useText()
  const { places, found_count, new_count, person_count } = preview
  const toggle = (id: string, isChosen: boolean): void => {
    const next = new Set(takeOver)
    if (isChosen) next.add(id)
    else next.delete(id)
    onTakeOver(next)
  }
  return (
    <div className={styles.preview}>
      <p>
        <strong>
          {say('namespaces.would', { new: new_count, people: person_count, found: found_count })}
        </strong>
      </p>
      {places.length > 0 && (
        <Table
          caption={say('namespaces.preview')}
          columns={[
            say('namespaces.entry'),
            say('namespaces.address'),
            say('namespaces.people'),
            say('namespaces.state'),
          ]}
          rows={places.map((place) => ({
            key: place.remote_id,
            cells: [
              place.name,
              place.address && `/${place.address}`,
              say('namespaces.peopleAndOwners', { people: place.person_count, owners: place.owner_count }),
              <Tag key="state" kind={place.state === 'new' ? 'accent' : 'plain'}>
                {say(`namespaces.state.${place.state}`)}
              </Tag>,
            ],
            more: (place.problem !== '' || place.is_taken_over) && (
              <Stopped
                place={place}
                isTakenOver={takeOver.has(place.remote_id)}
                toggle={(isChosen) => toggle(place.remote_id, isChosen)}
              />
            ),
          }))}
        />
      )}
      {places.length < found_count && (
        <p className={styles.soft}>{say('directory.andMore', { count: found_count - places.length })}</p>
      )}
    </div>
  )
}

type StoppedProps = {
  place: NamespacePreview['places'][number]
  isTakenOver: boolean
  toggle(isChosen: boolean): void
}

/** Why an entry waits, and what can be done about it. */
const Stopped = ({ place, isTakenOver, toggle }: StoppedProps) => {
  const say = useText()
  const { problem, place_id, leaving_count: count } = place
  const isUnlinked = problem === 'unlinked'
  const isOpen = isUnlinked || place.is_taken_over || (problem === 'taken' && place_id !== '')
  if (!isOpen) return <span className={styles.soft}>{problemText(say, problem)}</span>
  const hints = [
    problemText(say, problem),
    say('namespaces.takeOverHint'),
    ...(count > 0 ? [say('namespaces.leaving', { count })] : []),
  ]
  return (
    <Checkbox
      label={say(isUnlinked ? 'namespaces.linkAgain' : 'namespaces.takeOver', {
        address: place.address ? `/${place.address}` : place.name,
      })}
      hint={hints.filter(Boolean).join(' ')}
      isChecked={isTakenOver}
      onChange={toggle}
    />
  )
}
