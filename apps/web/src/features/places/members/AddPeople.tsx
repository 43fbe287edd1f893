import { UsersRound } from 'lucide-react'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { Picker } from '../../../ui/Picker.tsx'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import { addCandidates, type Candidate, findCandidates } from './adding.ts'
import styles from './MembersPane.module.css'

type AddPeopleProps = { channelId: string; close(): void }

const MOST = 50

/** Adds people and groups to a channel. People of other teams come into this team, too, where that is allowed. */
export const AddPeople = ({ channelId, close }: AddPeopleProps) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const team = useSource(client.teams.records.at(channel?.team_id ?? ''))?.display_name ?? ''
  const [chosen, setChosen] = useState<readonly Candidate[]>([])
  if (!channel) return null

  const add = async (): Promise<void> => {
    const { added, outside } = await addCandidates(channel, chosen)
    if (added > 0) notify('done', say('members.added', { count: added }))
    if (outside.length > 0) notify('failed', say('members.outside', { count: outside.length, team }))
  }
  const strangers = chosen.filter((each) => each.kind === 'person' && each.isOutside).length

  return (
    <FormDialog
      title={say('members.addTo', { name: channel.display_name })}
      submitLabel={say('members.add')}
      isDisabled={chosen.length === 0}
      submit={add}
      onClose={close}
    >
      <Picker
        label={say('members.peopleAndGroups')}
        placeholder={say('people.placeholder')}
        none={say('people.none')}
        chosen={chosen}
        most={MOST}
        find={(term) => findCandidates(term, channel)}
        onChange={setChosen}
        keyOf={({ id }) => id}
        render={(candidate) => <Found candidate={candidate} team={team} />}
        renderChosen={(candidate) => <Name candidate={candidate} />}
        removeLabel={(candidate) => say('people.remove', { name: plainName(candidate) })}
      />
      {strangers > 0 && (
        <p className={styles.note} role="status">
          {say('members.joinTeamToo', { count: strangers, team })}
        </p>
      )}
      {channel.type === 'P' && <p className={styles.note}>{say('members.historyHint')}</p>}
    </FormDialog>
  )
}

const plainName = (candidate: Candidate): string =>
  candidate.kind === 'person' ? candidate.user.username : candidate.group.display_name

const Name = ({ candidate }: { candidate: Candidate }) => {
  const known = useSource(personName(candidate.kind === 'person' ? candidate.id : ''))
  return known || plainName(candidate)
}

const Found = ({ candidate, team }: { candidate: Candidate; team: string }) => {
  const say = useText()
  if (candidate.kind === 'group') {
    const { group } = candidate
    return (
      <span className={styles.group}>
        <UsersRound size={20} strokeWidth={1.75} aria-hidden />
        <span>
          {group.display_name} <small>@{group.name}</small>
        </span>
        <small>{say('members.groupSize', { count: group.member_count ?? 0 })}</small>
      </span>
    )
  }
  const { user, isOutside } = candidate
  return <PersonRow userId={user.id} {...(isOutside && { note: say('members.notInTeam', { team }) })} />
}
