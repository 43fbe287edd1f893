import type { Team } from '@plausch/wire'
import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import list from '../../../ui/List.module.css'
import { createTeam } from './dialogs.ts'
import { TeamMark } from './TeamMark.tsx'

/** Teams that people can join without an invitation. */
export const OpenTeams = ({ close }: { close(): void }) => {
  const say = useText()
  const mayCreate = useSource(client.roles.permissions('')).has('create_team')
  const [open, setOpen] = useState<readonly Team[]>()
  const [busy, setBusy] = useState('')

  useEffect(() => {
    void attempt(async () => setOpen(await client.teams.listOpen())).then((done) => {
      if (!done) setOpen([])
    })
  }, [])
  const join = async (team: Team): Promise<void> => {
    setBusy(team.id)
    if (await attempt(() => client.teams.join(team.id))) toTeam(team)
    else setBusy('')
  }
  const create = (): void => {
    close()
    createTeam.open()
  }
  return (
    <Dialog
      title={say('team.open')}
      hint={say('team.openLead')}
      onClose={close}
      actions={
        mayCreate && (
          <Button icon={Plus} onClick={create}>
            {say('team.create')}
          </Button>
        )
      }
    >
      {open === undefined && <Busy />}
      {open?.length === 0 && <p className={list.empty}>{say('team.noneOpen')}</p>}
      <ul className={list.list}>
        {open?.map((team) => (
          <li key={team.id} className={list.row}>
            <TeamMark team={team} />
            <span className={list.words}>
              <span className={list.name}>{team.display_name}</span>
              {team.description && <span className={list.side}>{team.description}</span>}
            </span>
            <Button
              isBusy={busy === team.id}
              aria-label={say('team.joinNamed', { team: team.display_name })}
              onClick={() => void join(team)}
            >
              {say('team.join')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
