import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type Action, actionIn, openCookie, type SealedPost } from '../../messages/attachments/index.ts'
import { mayReadPost } from '../../messages/posts/index.ts'
import { type ChannelRow, refuseArchived, type SeenChannel, seeChannel } from '../../places/channels/index.ts'
import { mayEnterTeam } from '../../places/teams/index.ts'
import { openTrigger, type Trigger } from './triggers.ts'

/** The subject of a press. `kept` are the properties of a stored message; an ephemeral one has none. */
export type Pressed = {
  post: SealedPost
  channel: ChannelRow
  action: Action
  kept?: Record<string, unknown>
}

type AboutAction = { params: { post_id: string; action: string }; body: { cookie?: string } }

/**
 * The cookie gives the right to the person to whom the message was shown, while they may read its channel.
 */
const mayPressByCookie = async (
  context: Context,
  { params }: AboutAction,
  cookie: string,
): Promise<Pressed> => {
  const whose = { userId: context.actor.userId, postId: params.post_id, actionId: params.action }
  const opened = await openCookie(context, whose, cookie)
  if (!opened) throw new Fault('api.post.do_action.action_integration.app_error')
  const { channel } = await seeChannel(context, opened.post.channel_id)
  refuseArchived(channel)
  return { ...opened, channel }
}

/**
 * Whoever may read a message may press its buttons. The author of the message must also be allowed to post
 * there, because pressing could rewrite their own message.
 */
export const mayPress = async (context: Context, input: AboutAction): Promise<Pressed> => {
  const { params, body } = input
  if (body.cookie) return await mayPressByCookie(context, input, body.cookie)
  const seen = await mayReadPost(context, { params })
  refuseArchived(seen.channel)
  if (seen.post.user_id === context.actor.userId && !seen.can('create_post'))
    throw new Fault('api.context.permissions.app_error')
  const action = actionIn(seen.post.props, params.action)
  if (!action) throw new Fault('interactions.not_found')
  return { post: seen.post, channel: seen.channel, action, kept: seen.post.props }
}

/**
 * The trigger is the right: a server on this database has signed it for an integration that a person had just
 * called.
 */
export const mayOpenDialog = async (
  context: Context,
  { body }: { body: { trigger_id: string } },
): Promise<Trigger> => {
  const trigger = await openTrigger(context, body.trigger_id, context.now)
  if (!trigger) throw new Fault('interactions.trigger')
  return trigger
}

/** In a channel that the actor may read. If the client names a team, the actor must be a member of it. */
export const mayFillIn = async (
  context: Context,
  { body }: { body: { channel_id: string; team_id?: string } },
): Promise<SeenChannel> => {
  const seen = await seeChannel(context, body.channel_id)
  refuseArchived(seen.channel)
  if (body.team_id) await mayEnterTeam(context, { params: { team_id: body.team_id } })
  return seen
}
