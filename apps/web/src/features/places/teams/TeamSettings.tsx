import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { TeamAbout } from './TeamAbout.tsx'
import { TeamAccess } from './TeamAccess.tsx'
import { TeamMembers } from './TeamMembers.tsx'

type Tab = 'about' | 'access' | 'members'
type TeamSettingsProps = { teamId: string; tab?: Tab; close(): void }

/** Everything about a team; who may not change it can read it. */
export const TeamSettings = ({ teamId, tab: first = 'about', close }: TeamSettingsProps) => {
  const say = useText()
  const team = useSource(client.teams.records.at(teamId))
  const [tab, setTab] = useState<Tab>(first)
  if (!team) return null
  return (
    <Dialog title={say('team.settingsOf', { team: team.display_name })} size="large" onClose={close}>
      <Tabs<Tab>
        label={say('team.settings')}
        chosen={tab}
        onChange={setTab}
        tabs={[
          { id: 'about', label: say('team.about') },
          { id: 'access', label: say('team.access') },
          { id: 'members', label: say('team.members') },
        ]}
      >
        {tab === 'about' && <TeamAbout team={team} close={close} />}
        {tab === 'access' && <TeamAccess team={team} />}
        {tab === 'members' && <TeamMembers team={team} />}
      </Tabs>
    </Dialog>
  )
}
