import type { Writing } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import type { SeenPlace } from '../../places/channels/index.ts'
import { mayEnterTeam } from '../../places/teams/index.ts'
import { mayPostIn } from '../posts/writing/index.ts'
import { lockScheduled, type ScheduledRow } from './store.ts'

const checkOn = (server: Server) => {
  if (!server.settings().ServiceSettings.ScheduledPosts) throw new Fault('scheduled.off')
}

/** People may schedule wherever they may post now. The server checks again when the time has come. */
export const maySchedule = async (context: Context, input: { body: Writing }): Promise<SeenPlace> => {
  checkOn(context.server)
  return await mayPostIn(context, input)
}

/**
 * The actor's own post; those of others are answered like ones that do not exist. Not while it is being sent.
 */
export const mayRemoveScheduled = async (
  context: Context,
  { params }: { params: { scheduled_post_id: string } },
): Promise<ScheduledRow> => {
  checkOn(context.server)
  const row = await lockScheduled(context.db, params.scheduled_post_id)
  if (!row || row.user_id !== context.actor.userId) throw new Fault('scheduled.not_found')
  if (row.processed_at > 0 && row.error_code === '') throw new Fault('scheduled.sending')
  return row
}

/** The actor must still be allowed to post there. */
export const mayChangeScheduled = async (
  context: Context,
  input: { params: { scheduled_post_id: string } },
): Promise<ScheduledRow> => {
  const row = await mayRemoveScheduled(context, input)
  await mayPostIn(context, { body: row })
  return row
}

export const mayListScheduled = async (
  context: Context,
  input: { params: { team_id: string } },
): Promise<string> => {
  checkOn(context.server)
  return (await mayEnterTeam(context, input)).team.id
}
