/** Who may give commands where. What a command does is judged by the guards of what it does. */
import type { AskedCommand } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { checkRoot } from '../../messages/posts/writing/index.ts'
import { refuseArchived, type SeenChannel, seeChannel } from '../../places/channels/index.ts'
import { mayEnterTeam, type SeenTeam, type TeamRow } from '../../places/teams/index.ts'

export type Place = { seen: SeenChannel; team: TeamRow | undefined }

/** In channels that one may read. A channel's team is its own, whatever the client says; a conversation has none. */
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
