/**
 * Who may link groups to teams and channels, and see such links. Nobody learns by a link of a group, a team
 * or a channel that they may not see.
 */
import type { Permission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import {
  isConversation,
  lockChannel,
  mayReadChannel,
  refuseArchived,
  type SeenChannel,
  seeChannels,
} from '../channels/index.ts'
import { findGroup, isSeen, type ListedGroup } from '../groups/index.ts'
import { lockTeam, mayEnterTeam, type SeenTeam } from '../teams/index.ts'
import { decidedChannels, findSyncable, listSyncables, type NamedSyncable } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

type AboutGroup = { params: { group_id: string } }
type AboutTeam = { params: { team_id: string } }
type AboutChannel = { params: { channel_id: string } }
type Linking = { body?: { auto_add?: boolean; scheme_admin?: boolean } | undefined }

export const managesGroups = ({ actor }: Context): boolean =>
  actor.can('sysconsole_write_user_management_groups')

const seenGroup = async (context: Context, id: string): Promise<ListedGroup> => {
  const group = await findGroup(context.db, id)
  if (!group || !isSeen(context, group)) throw new Fault('groups.not_found')
  return group
}

/** A group that can be linked: one of the directory that is not archived. */
export const linkable = async (context: Context, id: string): Promise<ListedGroup> => {
  const group = await seenGroup(context, id)
  if (group.source === 'custom') throw new Fault('app.group.crud_permission')
  if (group.delete_at > 0) throw new Fault('groups.not_found')
  return group
}

export const mayReadSyncables = async (context: Context, { params }: AboutGroup): Promise<ListedGroup> => {
  if (!context.actor.can('sysconsole_read_user_management_groups')) throw forbidden()
  return await seenGroup(context, params.group_id)
}

const readOne = async (context: Context, groupId: string, placeId: string): Promise<NamedSyncable> => {
  if (!context.actor.can('manage_system')) throw forbidden()
  const found = await findSyncable(context.db, groupId, placeId)
  if (!found || found.delete_at > 0) throw new Fault('app.group.no_rows')
  return found
}

export const mayReadTeamSyncable = (context: Context, { params }: AboutGroup & AboutTeam) =>
  readOne(context, params.group_id, params.team_id)

export const mayReadChannelSyncable = (context: Context, { params }: AboutGroup & AboutChannel) =>
  readOne(context, params.group_id, params.channel_id)

/**
 * Who makes others administrators by a group must be allowed to do so by hand, and also who changes or ends
 * a link that does: whom it adds are administrators, and whom it loses are none.
 */
const checkRoles = (
  context: Context,
  { body }: Linking,
  links: readonly (NamedSyncable | undefined)[],
  mayGiveRoles: boolean,
): void => {
  const isAbout = body?.scheme_admin === true || links.some((link) => isLinked(link) && link.scheme_admin)
  if (isAbout && !mayGiveRoles && !managesGroups(context)) throw forbidden()
}

const isLinked = (link: NamedSyncable | undefined): link is NamedSyncable =>
  link !== undefined && link.delete_at === 0

export type TeamLinking = { group: ListedGroup; team: SeenTeam['team'] }

/** For people who invite to the team, or who manage groups. */
export const mayLinkTeam = async (
  context: Context,
  input: AboutGroup & AboutTeam & Linking,
): Promise<TeamLinking> => {
  await lockTeam(context.db, input.params.team_id)
  const { team, can } = await mayEnterTeam(context, input)
  if (!can('invite_user') && !managesGroups(context)) throw forbidden()
  // Where groups decide, a link and its end take people out.
  if (team.group_constrained && !can('remove_user_from_team') && !managesGroups(context)) throw forbidden()
  if (team.delete_at > 0) throw new Fault('teams.archived')
  const group = await linkable(context, input.params.group_id)
  checkRoles(context, input, [await findSyncable(context.db, group.id, team.id)], can('manage_team_roles'))
  return { team, group }
}

/** The end of the link to a team ends those to its channels, too. */
export const mayUnlinkTeam = async (
  context: Context,
  input: AboutGroup & AboutTeam,
): Promise<TeamLinking> => {
  const found = await mayLinkTeam(context, input)
  const { can } = await mayEnterTeam(context, input)
  const channels = await listSyncables(context.db, found.group.id, 'Channel')
  const own = channels.filter(({ team_id }) => team_id === found.team.id)
  checkRoles(context, {}, own, can('manage_team_roles'))
  await checkDecided(context, found)
  return found
}

const membersOf = ({ type }: { type: string }): Permission =>
  type === 'O' ? 'manage_public_channel_members' : 'manage_private_channel_members'

/**
 * Where groups decide who is in a channel, the end of a link takes people out. So it is for those who could
 * have left that channel to groups, and for nobody who does not see it.
 */
const checkDecided = async (context: Context, { group, team }: TeamLinking): Promise<void> => {
  if (managesGroups(context)) return
  const ids = await decidedChannels(context.db, group.id, team.id)
  const seen = [...(await seeChannels(context, ids)).values()]
  const mayDecide = ({ channel, can }: SeenChannel) => can(membersOf(channel)) && can('manage_channel_roles')
  if (seen.length < ids.length || !seen.every(mayDecide)) throw forbidden()
}

export type ChannelLinking = TeamLinking & { channel: SeenChannel['channel'] }

/**
 * For people who manage the members of the channel, or who manage groups. A group that is new to the team
 * comes into it, too.
 */
export const mayLinkChannel = async (
  context: Context,
  input: AboutGroup & AboutChannel & Linking,
): Promise<ChannelLinking> => {
  const { db } = context
  const { channel: before } = await mayReadChannel(context, input)
  if (isConversation(before)) throw new Fault('syncables.conversation')
  await lockTeam(db, before.team_id)
  await lockChannel(db, before.id)
  const { channel, can } = await mayReadChannel(context, input)
  refuseArchived(channel)
  if (!can(membersOf(channel)) && !managesGroups(context)) throw forbidden()
  // Where groups decide, a link and its end take people out, maybe also those who run the channel.
  if (channel.group_constrained && !can('manage_channel_roles') && !managesGroups(context)) throw forbidden()
  const inTeam = await mayEnterTeam(context, { params: { team_id: channel.team_id } })
  const group = await linkable(context, input.params.group_id)
  const own = await findSyncable(db, group.id, channel.id)
  checkRoles(context, input, [own], can('manage_channel_roles'))
  const isInTeam = isLinked(await findSyncable(db, group.id, channel.team_id))
  if (!isInTeam && !inTeam.can('invite_user') && !managesGroups(context)) throw forbidden()
  return { channel, team: inTeam.team, group }
}

export const mayListGroupsOfTeam = async (context: Context, input: AboutTeam): Promise<SeenTeam> => {
  const found = await mayEnterTeam(context, input)
  if (!found.can('list_team_channels')) throw forbidden()
  return found
}

export const mayListGroupsOfChannel = async (context: Context, input: AboutChannel): Promise<SeenChannel> => {
  const found = await mayReadChannel(context, input)
  if (isConversation(found.channel)) throw new Fault('syncables.conversation')
  const permission: Permission =
    found.channel.type === 'O' ? 'read_public_channel_groups' : 'read_private_channel_groups'
  if (!found.can(permission)) throw forbidden()
  return found
}

export const mayCompareTeam = async (context: Context, input: AboutTeam): Promise<SeenTeam> => {
  if (!context.actor.can('sysconsole_read_user_management_groups')) throw forbidden()
  return await mayEnterTeam(context, input)
}

export const mayCompareChannel = async (context: Context, input: AboutChannel): Promise<SeenChannel> => {
  if (!context.actor.can('sysconsole_read_user_management_channels')) throw forbidden()
  const found = await mayReadChannel(context, input)
  if (isConversation(found.channel)) throw new Fault('syncables.conversation')
  return found
}
