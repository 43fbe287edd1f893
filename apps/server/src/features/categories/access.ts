import type { Context } from '../../core/context.ts'
import { mayEnterTeam } from '../teams/index.ts'
import { isOneself } from '../users/index.ts'
import type { Place } from './service.ts'

/** How somebody arranges their channels is their own affair, in teams that they are in. */
export const mayArrange = async (
  context: Context,
  input: { params: { user_id: string; team_id: string } },
): Promise<Place> => {
  const userId = isOneself(context, input)
  const { team } = await mayEnterTeam(context, input)
  return { userId, teamId: team.id }
}
