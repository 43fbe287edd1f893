import { teams as operations, type Team } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import { orderedTeams } from '../features/places/teams/order.ts'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { Entry } from '../platform/Entry.tsx'
import { addressOf } from '../platform/place.ts'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './TeamNotOpen.module.css'

/** The page for a path into a team in which the reader is not, or which does not exist. */
export const TeamNotOpen = ({ path }: { path: string }) => {
  const say = useText()
  const name = addressOf(path)?.team ?? ''
  const own = useSource(orderedTeams)
  const [team, setTeam] = useState<Team | 'none'>()
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    client.call(operations.getByName, { params: { team_name: name } }).then(setTeam, () => setTeam('none'))
  }, [name])

  // The path stays: once the reader is in the team, what they were looking for opens.
  const join = async (teamId: string): Promise<void> => {
    setBusy(true)
    if (!(await attempt(() => client.teams.join(teamId)))) setBusy(false)
  }
  if (team === undefined) return <Busy />
  const isOpen = team !== 'none' && team.allow_open_invite
  const shown = team === 'none' ? '' : team.display_name
  return (
    <Entry
      title={isOpen ? say('noTeam.notIn', { team: shown }) : say('noTeam.unknown')}
      lead={say(isOpen ? 'noTeam.notInLead' : 'noTeam.unknownLead')}
    >
      {isOpen && (
        <Button kind="primary" isBusy={isBusy} onClick={() => void join(team.id)}>
          {say('team.joinNamed', { team: shown })}
        </Button>
      )}
      <nav aria-label={say('team.switch')}>
        <p>{say('noTeam.yours')}</p>
        <ul className={styles.teams}>
          {own.map((each) => (
            <li key={each.id}>
              <Link to={`/${each.name}`}>{each.display_name}</Link>
            </li>
          ))}
        </ul>
      </nav>
    </Entry>
  )
}
