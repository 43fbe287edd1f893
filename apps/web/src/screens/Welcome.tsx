import { onboarding, teams as teamOperations } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../browser/use-source.ts'
import { OpenTeamList } from '../features/places/teams/OpenTeamList.tsx'
import { openTeams } from '../features/places/teams/open-teams.ts'
import { TeamForm } from '../features/places/teams/TeamForm.tsx'
import { attempt, useText } from '../i18n/text.ts'
import { client, signOut } from '../platform/client.ts'
import { Entry } from '../platform/Entry.tsx'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'

/**
 * The page for a person without a team: the administrator creates one, others join one or wait for an
 * invitation.
 */
export const Welcome = () => {
  const say = useText()
  const permissions = useSource(client.roles.permissions(''))
  const [isFirst, setFirst] = useState<boolean>()
  /** Is there a team that one may join? */
  const [isOpen, setOpen] = useState<boolean>()

  useEffect(() => {
    const look = async (): Promise<void> => {
      const reply = await client.call(teamOperations.list, { query: { per_page: 1 } })
      setFirst((Array.isArray(reply) ? reply : reply.teams).length === 0)
      const { items, hasMore } = await openTeams('', 0)
      setOpen(items.length > 0 || hasMore)
    }
    // People who may not list teams can only wait.
    look().catch(() => {
      setFirst((before) => before ?? false)
      setOpen(false)
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
  if (isFirst === undefined || isOpen === undefined) return <Busy />
  if (permissions.has('create_team') && !isOpen) {
    return (
      <Entry title={say('firstTeam.title')} lead={say('firstTeam.lead')} foot={out}>
        <TeamForm submitLabel={say('firstTeam.submit')} create={found} />
      </Entry>
    )
  }
  return (
    <Entry title={say('noTeam.title')} lead={say(isOpen ? 'noTeam.join' : 'noTeam.wait')} foot={out}>
      {isOpen && <OpenTeamList joined={() => undefined} />}
    </Entry>
  )
}
