import { teams as operations } from '@plausch/wire'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'
import { goElsewhere } from './LeaveTeam.tsx'

type ArchiveTeamProps = { teamId: string; close(): void }

/** Asks before a team is archived for everybody. The notice afterwards can undo it. */
export const ArchiveTeam = ({ teamId, close }: ArchiveTeamProps) => {
  const say = useText()
  const name = useSource(client.teams.records.at(teamId))?.display_name ?? ''
  const params = { team_id: teamId }
  const restore = (): void =>
    void attempt(async () => {
      await client.call(operations.restore, { params })
      await client.reload()
    })
  const archive = async (): Promise<void> => {
    await client.call(operations.archive, { params })
    goElsewhere(teamId)
    notify('done', say('team.archived', { team: name }), { label: say('team.restore'), run: restore })
  }
  return (
    <Confirm
      title={say('team.archiveTitle', { team: name })}
      lead={say('team.archiveLead')}
      action={say('team.archiveSubmit')}
      isDanger
      run={archive}
      onClose={close}
    />
  )
}
