import type { Team } from '@plausch/wire'
import { onboarding, teams as teamOperations } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../browser/use-source.ts'
import { TeamForm } from '../features/places/teams/TeamForm.tsx'
import { attempt, useText } from '../i18n/text.ts'
import { client, signOut } from '../platform/client.ts'
import { Entry } from '../platform/Entry.tsx'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './Welcome.module.css'

/**
 * The page for a person without a team: the administrator creates one, others join one or wait for an
 * invitation.
 */
export const Welcome = () => {
  const say = useText()
  const permissions = useSource(client.roles.permissions(''))
  const [isFirst, setFirst] = useState<boolean>()
  const [open, setOpen] = useState<readonly Team[]>()

  useEffect(() => {
    const look = async (): Promise<void> => {
      const reply = await client.call(teamOperations.list, { query: { per_page: 1 } })
      setFirst((Array.isArray(reply) ? reply : reply.teams).length === 0)
      setOpen(await client.teams.listOpen())
    }
    // People who may not list teams can only wait.
    look().catch(() => {
      setFirst((before) => before ?? false)
      setOpen([])
    })
  }, [])

  const found = async (name: string, displayName: string): Promise<void> => {
    if (!isFirst) return void (await client.teams.create(name, displayName))
    await client.call(onboarding.firstTeam, { body: { name, display_name: displayName } })
    await client.reload()
  }

  const out = (
    <p>
      <Button kind="quiet" onClick={() => void attempt(signOut)}>
        {say('user.signOut')}
      </Button>
    </p>
  )
  if (isFirst === undefined || open === undefined) return <Busy />
  if (permissions.has('create_team') && open.length === 0) {
    return (
      <Entry title={say('firstTeam.title')} lead={say('firstTeam.lead')} foot={out}>
        <TeamForm submitLabel={say('firstTeam.submit')} create={found} />
      </Entry>
    )
  }
  return (
    <Entry title={say('noTeam.title')} lead={say(open.length > 0 ? 'noTeam.join' : 'noTeam.wait')} foot={out}>
      <ul className={styles.teams}>
        {open.map((team) => (
          <li key={team.id}>
            <span>
              <strong>{team.display_name}</strong>
              {team.description && <small>{team.description}</small>}
            </span>
            <Button onClick={() => void attempt(() => client.teams.join(team.id))}>{say('team.join')}</Button>
          </li>
        ))}
      </ul>
    </Entry>
  )
}
