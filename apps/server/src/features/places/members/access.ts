/** Who may see, add and remove people in channels. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import {
  isConversation,
  lockChannel,
  mayManageMembers,
  mayReadChannel,
  refuseArchived,
  type SeenChannel,
} from '../channels/index.ts'
import { type CountedMember, findMembers, holdTeamOf } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export type SeenMember = SeenChannel & { member: CountedMember }

type AboutMember = { params: { channel_id: string; user_id: string } }

const withMember = async (context: Context, seen: SeenChannel, userId: string): Promise<SeenMember> => {
  const [member] = await findMembers(context.db, seen.channel.id, [userId])
  if (!member) throw new Fault('channels.member_not_found')
  return { ...seen, member }
}

export const maySeeMember = async (context: Context, input: AboutMember): Promise<SeenMember> =>
  withMember(context, await mayReadChannel(context, input), input.params.user_id)

type Adding = { params: { channel_id: string }; body: { user_id?: string; user_ids?: string[] } }

/** For joining a public channel, or adding others with the permission for it. */
export const mayAddMembers = async (context: Context, input: Adding): Promise<SeenChannel> => {
  const { actor } = context
  // Lock the team first, so that nobody leaves it while they are added to one of its channels.
  await holdTeamOf(context.db, input.params.channel_id)
  await lockChannel(context.db, input.params.channel_id)
  const seen = await mayReadChannel(context, input)
  const { channel, isMember } = seen
  if (isConversation(channel)) throw new Fault('channels.direct')
  refuseArchived(channel)
  const ids = [...(input.body.user_ids ?? []), ...(input.body.user_id ? [input.body.user_id] : [])]
  if (ids.length === 0) throw new Fault('api.context.invalid_body_param.app_error', { name: 'user_id' })
  const joins = ids.every((id) => id === actor.userId)
  if (joins && (isMember || (channel.type === 'O' && seen.can('join_public_channels')))) return seen
  if (!isMember && channel.type === 'P' && !actor.can('manage_system')) throw forbidden()
  await mayManageMembers(context, input)
  return seen
}

/**
 * For leaving, or removing others with the permission for it. Also for archived channels, because their
 * members can still read them.
 */
export const mayRemoveMember = async (context: Context, input: AboutMember): Promise<SeenMember> => {
  await lockChannel(context.db, input.params.channel_id)
  const seen = await maySeeMember(context, input)
  if (isConversation(seen.channel)) throw new Fault('channels.direct')
  refuseArchived({ ...seen.channel, delete_at: 0 })
  if (input.params.user_id !== context.actor.userId) await mayManageMembers(context, input)
  return seen
}

export const mayManageRoles = async (context: Context, input: AboutMember): Promise<SeenMember> => {
  await lockChannel(context.db, input.params.channel_id)
  const seen = await maySeeMember(context, input)
  if (isConversation(seen.channel)) throw new Fault('channels.direct')
  if (!seen.can('manage_channel_roles')) throw forbidden()
  refuseArchived(seen.channel)
  return seen
}

/** Only the person themselves may change their notification settings. */
export const maySetNotifyProps = async (context: Context, input: AboutMember): Promise<SeenMember> => {
  const seen = await maySeeMember(context, input)
  if (input.params.user_id !== context.actor.userId) throw forbidden()
  return seen
}
