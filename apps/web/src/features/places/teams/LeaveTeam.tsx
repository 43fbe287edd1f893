import { teams as operations } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'
import { Confirm } from '../../../ui/Confirm.tsx'
import { orderedTeams } from './order.ts'

type LeaveTeamProps = { teamId: string; close(): void }

/** Goes to another team before the open one disappears. */
export const goElsewhere = (teamId: string): void => {
  if (here.get().team?.id !== teamId) return
  const other = orderedTeams.get().find(({ id }) => id !== teamId)
  toTeam(other ?? { name: '' })
}

/** Asks before somebody leaves a team. */
export const LeaveTeam = ({ teamId, close }: LeaveTeamProps) => {
  const say = useText()
  const team = useSource(client.teams.records.at(teamId))
  const leave = async (): Promise<void> => {
    const params = { team_id: teamId, user_id: client.myId.get() }
    await client.call(operations.removeMember, { params })
    goElsewhere(teamId)
  }
  return (
    <Confirm
      title={say('team.leaveTitle', { team: team?.display_name ?? '' })}
      lead={say(team?.allow_open_invite ? 'team.leaveOpen' : 'team.leaveClosed')}
      action={say('team.leaveSubmit')}
      isDanger
      run={leave}
      onClose={close}
    />
  )
}
