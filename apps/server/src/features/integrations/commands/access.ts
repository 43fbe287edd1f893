/** Who may run commands where. The guards of its operations decide what a command may do. */
import type { AskedCommand } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { checkRoot } from '../../messages/posts/writing/index.ts'
import { refuseArchived, type SeenChannel, seeChannel } from '../../places/channels/index.ts'
import { mayEnterTeam, type SeenTeam, type TeamRow } from '../../places/teams/index.ts'

export type Place = { seen: SeenChannel; team: TeamRow | undefined }

/**
 * In channels that the actor may read. The server uses the team of the channel, whatever the client sends; a
 * conversation has none.
 */
export const mayExecute = async (context: Context, { body }: { body: AskedCommand }): Promise<Place> => {
  const seen = await seeChannel(context, body.channel_id)
  refuseArchived(seen.channel)
  await checkRoot(context, body.channel_id, body.root_id ?? '')
  const teamId = seen.channel.team_id || (body.team_id ?? '')
  if (teamId === '') return { seen, team: undefined }
  const { team } = await mayEnterTeam(context, { params: { team_id: teamId } })
  return { seen, team }
}

export const mayListCommands = (
  context: Context,
  { query }: { query: { team_id: string } },
): Promise<SeenTeam> => {
  if (query.team_id === '') throw new Fault('api.context.invalid_url_param.app_error', { name: 'team_id' })
  return mayEnterTeam(context, { params: { team_id: query.team_id } })
}
