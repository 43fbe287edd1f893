import { useText } from '../../../i18n/text.ts'
import forms from '../../../ui/Form.module.css'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './Links.module.css'
import { allGroupsOfPlace, type Place } from './links.ts'

/** Stands in the list of members where groups decide: which they are, and why nobody can be added. */
export const GroupsDecide = ({ place }: { place: Place }) => {
  const say = useText()
  // Who may not see the groups is told only that there are some.
  const { value: groups = [] } = useAnswer(() => allGroupsOfPlace(place).catch(() => []), place.id)
  const names = groups.map(({ display_name }) => display_name).join(', ')
  return (
    <p className={`${forms.why} ${styles.here}`}>{say('groupLinks.here', { count: groups.length, names })}</p>
  )
}
