import { useText } from '../../../i18n/text.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Confirm } from '../../../ui/Confirm.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { Leaving } from './Leaving.tsx'
import { allGroupsOfPlace, decidedChannels, endLink, isDecided, type Link } from './links.ts'

type UnlinkProps = { link: Link; done(): void; close(): void }

/** Ends a link. Where groups decide, also in channels of the team, people may go with it. */
export const Unlink = ({ link, done, close }: UnlinkProps) => {
  const say = useText()
  const { group, place } = link
  const { value, problem } = useAnswer(async () => {
    const isConstrained = await isDecided(place)
    const all = isConstrained ? await allGroupsOfPlace(place) : []
    // Whoever may not list the channels still reads the rule.
    const inTeam = place.kind === 'team' ? await decidedChannels(link).catch(() => []) : []
    return { isConstrained, others: all.map(({ id }) => id).filter((id) => id !== group.id), inTeam }
  })
  return (
    <Confirm
      title={say('groupLinks.endNamed', { group: group.name, place: place.name })}
      lead={place.kind === 'team' ? say('groupLinks.endTeam') : undefined}
      action={say('groupLinks.end')}
      isDanger
      isDisabled={!value}
      run={async () => {
        await endLink(link)
        done()
      }}
      onClose={close}
    >
      <FormProblem text={problem} />
      {!value && problem === '' && <Busy />}
      {value && !value.isConstrained && <p>{say('groupLinks.endStays', { name: place.name })}</p>}
      {value?.isConstrained && value.others.length === 0 && <p>{say('groupLinks.endLast')}</p>}
      {value?.isConstrained && value.others.length > 0 && <Leaving place={place} groupIds={value.others} />}
      {value && value.inTeam.length > 0 && (
        <>
          <p>{say('groupLinks.endChannels', { count: value.inTeam.length })}</p>
          <ul aria-label={say('groupLinks.endWhere')}>
            {value.inTeam.map(({ id, display_name }) => (
              <li key={id}>{display_name}</li>
            ))}
          </ul>
        </>
      )}
    </Confirm>
  )
}
