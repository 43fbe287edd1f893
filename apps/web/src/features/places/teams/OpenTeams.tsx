import { Plus } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { perform, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { createTeam } from './dialogs.ts'
import { OpenTeamList } from './OpenTeamList.tsx'

/** Teams that people can join without an invitation. */
export const OpenTeams = ({ close }: { close(): void }) => {
  const say = useText()
  const mayCreate = useSource(client.roles.permissions('')).has('create_team')
  const [other] = useActions('app', null, 'menu').filter(({ action }) => action.name === 'teams.request')
  const create = (): void => {
    close()
    createTeam.open()
  }
  const request = (): void => {
    close()
    if (other) perform(other.action, null)
  }
  return (
    <Dialog
      title={say('team.open')}
      hint={say('team.openLead')}
      onClose={close}
      actions={
        mayCreate ? (
          <Button icon={Plus} onClick={create}>
            {say('team.create')}
          </Button>
        ) : (
          other && (
            <Button icon={other.action.icon} onClick={request}>
              {say(other.label)}
            </Button>
          )
        )
      }
    >
      <OpenTeamList joined={toTeam} />
    </Dialog>
  )
}
