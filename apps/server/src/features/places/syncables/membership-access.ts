/** Who may read where memberships come from, and what a link would do. */
import type { Permission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers, refuseAbove, type UserRow } from '../../people/users/index.ts'
import { isConversation, mayReadChannel, refuseArchived } from '../channels/index.ts'
import { mayEnterTeam } from '../teams/index.ts'
import { type ChannelLinking, linkable, managesGroups, type TeamLinking } from './access.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/** For people who see accounts in the console, and do not have fewer rights than this account. */
export const mayReadMemberships = async (
  context: Context,
  { params }: { params: { user_id: string } },
): Promise<UserRow> => {
  if (!context.actor.can('sysconsole_read_user_management_users')) throw forbidden()
  const [user] = await findUsers(context.db, [params.user_id])
  if (!user) throw new Fault('users.not_found')
  refuseAbove(context, user)
  return user
}

type AboutGroup = { params: { group_id: string } }

/** For those who may make this link. A read locks nothing. */
export const mayForeseeTeam = async (
  context: Context,
  input: AboutGroup & { params: { team_id: string } },
): Promise<TeamLinking> => {
  const { team, can } = await mayEnterTeam(context, input)
  if (!can('invite_user') && !managesGroups(context)) throw forbidden()
  if (team.delete_at > 0) throw new Fault('teams.archived')
  return { team, group: await linkable(context, input.params.group_id) }
}

export const mayForeseeChannel = async (
  context: Context,
  input: AboutGroup & { params: { channel_id: string } },
): Promise<ChannelLinking> => {
  const { channel, can } = await mayReadChannel(context, input)
  if (isConversation(channel)) throw new Fault('syncables.conversation')
  refuseArchived(channel)
  const manage: Permission =
    channel.type === 'O' ? 'manage_public_channel_members' : 'manage_private_channel_members'
  if (!can(manage) && !managesGroups(context)) throw forbidden()
  const { team } = await mayEnterTeam(context, { params: { team_id: channel.team_id } })
  return { channel, team, group: await linkable(context, input.params.group_id) }
}
