import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TeamForm } from './TeamForm.tsx'

/** Creates a further team, for people with the right. */
export const CreateTeam = ({ close }: { close(): void }) => {
  const say = useText()
  return (
    <Dialog title={say('team.create')} onClose={close}>
      <TeamForm
        submitLabel={say('team.createSubmit')}
        create={async (name, displayName) => toTeam(await client.teams.create(name, displayName))}
      />
    </Dialog>
  )
}
