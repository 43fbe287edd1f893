import { useText } from '../../../i18n/text.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Confirm } from '../../../ui/Confirm.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { Leaving } from './Leaving.tsx'
import { allGroupsOfPlace, type Place } from './links.ts'

type LetGroupsDecideProps = { place: Place; save(): Promise<unknown>; close(): void }

/** From then on only members of linked groups are in the place: shows beforehand who goes. */
export const LetGroupsDecide = ({ place, save, close }: LetGroupsDecideProps) => {
  const say = useText()
  const { value: groups, problem } = useAnswer(() => allGroupsOfPlace(place))
  return (
    <Confirm
      title={say('groupLinks.decideTitle', { name: place.name })}
      lead={say('groupLinks.decideLead')}
      action={say('groupLinks.decide')}
      isDanger
      isDisabled={!groups}
      run={save}
      onClose={close}
    >
      <FormProblem text={problem} />
      {!groups && problem === '' && <Busy />}
      {groups && <Leaving place={place} groupIds={groups.map(({ id }) => id)} />}
    </Confirm>
  )
}
