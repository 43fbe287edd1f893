import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { refuseArchived, type SeenChannel, seeChannel } from '../channels/index.ts'
import { type Action, actionIn, mayReadPost, type SeenPost } from '../posts/index.ts'
import { mayEnterTeam } from '../teams/index.ts'
import { openTrigger, type Trigger } from './triggers.ts'

/** Whoever may read a message may press its buttons. */
export const mayPress = async (
  context: Context,
  { params }: { params: { post_id: string; action: string } },
): Promise<SeenPost & { action: Action }> => {
  const seen = await mayReadPost(context, { params })
  refuseArchived(seen.channel)
  const action = actionIn(seen.post.props, params.action)
  if (!action) throw new Fault('interactions.not_found')
  return { ...seen, action }
}

/** The trigger is the right: this server signed it for an integration that somebody had just called. */
export const mayOpenDialog = (context: Context, { body }: { body: { trigger_id: string } }): Trigger => {
  const trigger = openTrigger(context.server, body.trigger_id, context.now)
  if (!trigger) throw new Fault('interactions.trigger')
  return trigger
}

/** In a channel that one may read; the team, if the client names one, is one of one's own. */
export const mayFillIn = async (
  context: Context,
  { body }: { body: { channel_id: string; team_id?: string } },
): Promise<SeenChannel> => {
  const seen = await seeChannel(context, body.channel_id)
  refuseArchived(seen.channel)
  if (body.team_id) await mayEnterTeam(context, { params: { team_id: body.team_id } })
  return seen
}
