import type { Writing } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { isOneself } from '../../people/users/index.ts'
import type { SeenPlace } from '../../places/channels/index.ts'
import { isOwnTeam } from '../../places/teams/index.ts'
import { mayPostIn } from '../posts/writing/index.ts'

const checkOn = (server: Server) => {
  if (!server.settings().ServiceSettings.AllowSyncedDrafts) throw new Fault('drafts.off')
}

/** People may draft wherever they may post. */
export const mayDraftIn = async (context: Context, input: { body: Writing }): Promise<SeenPlace> => {
  checkOn(context.server)
  return await mayPostIn(context, input)
}

export const mayListDrafts = async (
  context: Context,
  input: { params: { user_id: string; team_id: string } },
): Promise<{ userId: string; teamId: string }> => {
  checkOn(context.server)
  return await isOwnTeam(context, input)
}

/** The actor's own draft, even if they can no longer see the channel. */
export const mayDropDraft = (context: Context, input: { params: { user_id: string } }): string => {
  checkOn(context.server)
  return isOneself(context, input)
}
