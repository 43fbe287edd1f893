/**
 * Who may see, read and change channels. A channel that the actor may not see is answered like one that does
 * not exist. Only their members can open conversations: no role on the server does (docs/decisions).
 */
import type { Permission, ServerPermission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { grantedIn } from '../../ground/roles/index.ts'
import { findTeamByName, lockTeam, mayEnterTeam, type SeenTeam, type TeamRow } from '../teams/index.ts'
import { countingRoles } from './moderated.ts'
import { findPlace, type Place } from './places.ts'
import { memberRolesIn, teamRolesIn } from './records.ts'
import {
  type ChannelAccess,
  findAccess,
  findAccessByName,
  findAccesses,
  lockChannel,
  teamsOfAllMembers,
} from './store.ts'

/**
 * A channel that the actor may see. `can` says what the actor's roles in it, in its team and on the server
 * allow there. It considers what members and guests may not do in this channel.
 */
export type SeenChannel = Seen<ChannelAccess>

/** The same for the cached data (places.ts): enough for reading and writing messages. */
export type SeenPlace = Seen<Place>

type Seen<C> = {
  channel: C
  isMember: boolean
  can(permission: Permission): boolean
}

const forbidden = () => new Fault('api.context.permissions.app_error')

/** Is it a conversation between people (D or G)? */
export const isConversation = (channel: { type: string }) => channel.type === 'D' || channel.type === 'G'

const isVisible = (context: Context, channel: Place, memberRoles: string, teamRoles: string): boolean => {
  const { actor } = context
  const isMember = channel.member_scheme_user !== null
  if (isConversation(channel)) return isMember
  if ((channel.team_delete_at ?? 0) > 0 && !actor.can('manage_system')) return false
  if (isMember && grantedIn(context, memberRoles, 'read_channel')) return true
  if (channel.type === 'O' && teamRoles !== '' && grantedIn(context, teamRoles, 'read_public_channel'))
    return true
  return actor.can('manage_system')
}

/**
 * Checks whether the actor may see a channel, loaded with their memberships in it and in its team; undefined
 * if not.
 */
const judged = <C extends Place>(context: Context, channel: C): Seen<C> | undefined => {
  const memberRoles = memberRolesIn(channel)
  const teamRoles = teamRolesIn(channel)
  if (!isVisible(context, channel, memberRoles, teamRoles)) return undefined
  const roles = `${memberRoles} ${teamRoles}`.trim()
  return {
    channel,
    isMember: channel.member_scheme_user !== null,
    can: (permission) => grantedIn(context, countingRoles(channel, roles, permission), permission),
  }
}

/**
 * May ordinary members do it there? Used for a person who was a member and has left: they may not do more
 * than those who stayed.
 */
export const mayMembers = ({ server }: Context, channel: Place, permission: Permission): boolean =>
  server.ports.grants(countingRoles(channel, 'channel_user', permission), permission)

export const seenChannel = <C extends Place>(context: Context, channel: C | undefined): Seen<C> => {
  const seen = channel && judged(context, channel)
  if (!seen) throw new Fault('channels.not_found')
  return seen
}

/** Those of the channels that the actor may see, by id, in one query. */
export const seeChannels = async (
  context: Context,
  ids: Iterable<string>,
): Promise<Map<string, SeenChannel>> => {
  const found = await findAccesses(context.db, context.actor.userId, [...new Set(ids)])
  return new Map(
    found.flatMap((channel) => {
      const seen = judged(context, channel)
      return seen ? [[channel.id, seen] as const] : []
    }),
  )
}

/** Loads a channel by id and checks whether the actor may see it. */
export const seeChannel = async (context: Context, id: string): Promise<SeenChannel> =>
  seenChannel(context, await findAccess(context.db, context.actor.userId, id))

/** Does the same, from the cache if possible. */
export const seePlace = async (context: Context, id: string): Promise<SeenPlace> =>
  seenChannel(context, await findPlace(context, id))

type AboutChannel = { params: { channel_id: string } }

/** For the content of a channel (messages and members). The rules are the same as for its record. */
export const mayLookInto = (context: Context, { params }: AboutChannel): Promise<SeenPlace> =>
  seePlace(context, params.channel_id)

/**
 * For the record of a channel and its messages: its members, and for public channels the members of the team.
 */
export const mayReadChannel = (context: Context, { params }: AboutChannel): Promise<SeenChannel> =>
  seeChannel(context, params.channel_id)

export const checkChannelVisible = async (context: Context, id: string): Promise<void> => {
  await seeChannel(context, id)
}

const byName = async (context: Context, team: SeenTeam['team'], name: string, withArchived: boolean) => {
  const found = seenChannel(
    context,
    await findAccessByName(context.db, context.actor.userId, team.id, name.toLowerCase()),
  )
  if (found.channel.delete_at > 0 && !withArchived) throw new Fault('channels.not_found')
  return found
}

/** Conversations belong to no team, but v4 lets clients ask for their names below any of their teams. */
const conversation = async (context: Context, name: string): Promise<SeenChannel | undefined> => {
  const row = await findAccessByName(context.db, context.actor.userId, '', name)
  return row?.member_scheme_user ? seenChannel(context, row) : undefined
}

export const mayReadByName = async (
  context: Context,
  {
    params,
    query,
  }: { params: { team_id: string; channel_name: string }; query: { include_deleted: boolean } },
): Promise<SeenChannel> => {
  const { team } = await mayEnterTeam(context, { params: { team_id: params.team_id } })
  return (
    (await conversation(context, params.channel_name)) ??
    (await byName(context, team, params.channel_name, query.include_deleted))
  )
}

export const mayReadByTeamName = async (
  context: Context,
  {
    params,
    query,
  }: { params: { team_name: string; channel_name: string }; query: { include_deleted: boolean } },
): Promise<SeenChannel> => {
  const team = await findTeamByName(context.db, params.team_name.toLowerCase())
  if (!team) throw new Fault('teams.not_found')
  return await mayReadByName(context, {
    params: { team_id: team.id, channel_name: params.channel_name },
    query,
  })
}

/** For the list of public channels; guests get only those of which they are members. */
export const mayListChannels = async (
  context: Context,
  input: { params: { team_id: string } },
): Promise<SeenTeam> => {
  const found = await mayEnterTeam(context, input)
  if (!found.can('list_team_channels')) throw forbidden()
  return found
}

/** Locks the team: nobody leaves it meanwhile, and the limit of its channels is exact. */
export const mayCreateChannel = async (
  context: Context,
  { body }: { body: { team_id: string; type: 'O' | 'P' } },
): Promise<SeenTeam> => {
  await lockTeam(context.db, body.team_id)
  const found = await mayEnterTeam(context, { params: { team_id: body.team_id } })
  const permission: Permission = body.type === 'O' ? 'create_public_channel' : 'create_private_channel'
  if (!found.can(permission)) throw forbidden()
  if (found.team.delete_at > 0) throw new Fault('teams.archived')
  return found
}

export const mayCreateDirect = ({ actor }: Context, { body }: { body: readonly string[] }): void => {
  if (!actor.can('create_direct_channel')) throw forbidden()
  // In v4 scripts of administrators may create a conversation between two other people; nobody else may.
  if (!body.includes(actor.userId) && !actor.can('manage_system')) throw forbidden()
}

export const mayCreateGroup = ({ actor }: Context): void => {
  if (!actor.can('create_group_channel')) throw forbidden()
}

/** For a permission that has one name for public and one for private channels; conversations have neither. */
const forType =
  (whenPublic: Permission, whenPrivate: Permission) =>
  async (context: Context, { params }: AboutChannel): Promise<SeenChannel> => {
    await lockChannel(context.db, params.channel_id)
    const found = await seeChannel(context, params.channel_id)
    if (isConversation(found.channel)) throw new Fault('channels.direct')
    const permission = found.channel.type === 'O' ? whenPublic : whenPrivate
    if (!found.can(permission)) throw forbidden()
    return found
  }

export const mayArchiveChannel = forType('delete_public_channel', 'delete_private_channel')
export const mayManageMembers = forType('manage_public_channel_members', 'manage_private_channel_members')
export const mayRestoreChannel = forType('manage_team', 'manage_team')
export const mayConvertChannel = forType(
  'convert_public_channel_to_private',
  'convert_private_channel_to_public',
)

/** Only people who manage channels of the whole server decide what members and guests may do in a channel. */
const managing =
  (permission: ServerPermission) =>
  async (context: Context, { params }: AboutChannel): Promise<SeenChannel> => {
    if (!context.actor.can(permission)) throw forbidden()
    const found = await seeChannel(context, params.channel_id)
    if (isConversation(found.channel)) throw new Fault('channels.direct')
    return found
  }

export const maySeeModerations = managing('sysconsole_read_user_management_channels')

export const mayModerate = async (context: Context, input: AboutChannel): Promise<SeenChannel> => {
  await lockChannel(context.db, input.params.channel_id)
  return await managing('sysconsole_write_user_management_channels')(context, input)
}

/** For channels of all teams, private ones too. As in v4, people who manage groups may also see them. */
export const mayListAll = ({ actor }: Context): void => {
  if (
    !actor.can('sysconsole_read_user_management_channels') &&
    !actor.can('sysconsole_read_user_management_groups')
  )
    throw forbidden()
}

/** Everybody may search in their own teams. */
export const maySearchAll = ({ actor }: Context, { query }: { query: { system_console: boolean } }): void => {
  if (query.system_console && !actor.can('sysconsole_read_user_management_channels')) throw forbidden()
}

/** For private channels of a team by name: only administrators of the server, who may open them anyway. */
export const mayListPrivate = async (
  context: Context,
  input: { params: { team_id: string } },
): Promise<SeenTeam> => {
  const found = await mayEnterTeam(context, input)
  if (!context.actor.can('manage_system')) throw forbidden()
  return found
}

/** Only members of a conversation may know which teams all of them share. */
export const maySeeCommonTeams = async (context: Context, input: AboutChannel): Promise<SeenChannel> => {
  const found = await mayReadChannel(context, input)
  if (!isConversation(found.channel)) throw new Fault('channels.no_conversation')
  return found
}

type IntoTeam = AboutChannel & { body: { team_id: string } }

/**
 * Only administrators of the server may move a channel, because it opens the channel to people of another
 * team.
 */
export const mayMoveChannel = async (
  context: Context,
  input: IntoTeam,
): Promise<SeenChannel & { team: TeamRow }> => {
  if (!context.actor.can('manage_system')) throw forbidden()
  const team = await lockTeam(context.db, input.body.team_id)
  if (!team || team.delete_at > 0) throw new Fault('teams.not_found')
  await lockChannel(context.db, input.params.channel_id)
  const found = await mayReadChannel(context, input)
  if (isConversation(found.channel)) throw new Fault('channels.direct')
  return { ...found, team }
}

/**
 * Members may turn a group conversation into a private channel if they may create one in the team, and if all
 * members of the conversation are in that team.
 */
export const mayConvertGroup = async (
  context: Context,
  input: IntoTeam,
): Promise<SeenChannel & { team: TeamRow }> => {
  const team = await mayCreateChannel(context, { body: { team_id: input.body.team_id, type: 'P' } })
  await lockChannel(context.db, input.params.channel_id)
  const found = await mayReadChannel(context, input)
  if (found.channel.type !== 'G') throw new Fault('channels.no_conversation')
  const shared = await teamsOfAllMembers(context.db, found.channel.id)
  if (!team.member || !shared.some((each) => each.id === team.team.id))
    throw new Fault('channels.not_in_team')
  return { ...found, team: team.team }
}

const mayChangeProperties = forType('manage_public_channel_properties', 'manage_private_channel_properties')

type Changing = {
  name?: string
  display_name?: string
  purpose?: string
  header?: string
  group_constrained?: boolean
}

/**
 * In a conversation members may set the header, and nothing else. Only who decides about the members and their
 * roles may leave that to groups.
 */
export const mayPatchChannel = async (
  context: Context,
  input: AboutChannel & { body: Changing },
): Promise<SeenChannel> => {
  const found = await seeChannel(context, input.params.channel_id)
  const { name, display_name, purpose, group_constrained } = input.body
  if (!isConversation(found.channel)) {
    if (group_constrained !== undefined) {
      await mayManageMembers(context, input)
      // Its administrators may be among those who go.
      if (!found.can('manage_channel_roles')) throw forbidden()
    }
    return await mayChangeProperties(context, input)
  }
  if ([name, display_name, purpose, group_constrained].some((value) => value !== undefined))
    throw new Fault('channels.direct')
  await lockChannel(context.db, found.channel.id)
  return found
}

type Archivable = Pick<ChannelAccess, 'delete_at'> & Partial<Pick<ChannelAccess, 'team_delete_at'>>

/**
 * Throws a fault if the channel or its team is archived: a change would send events that its members may not
 * see.
 */
export const refuseArchived = ({ delete_at, team_delete_at }: Archivable): void => {
  if ((team_delete_at ?? 0) > 0) throw new Fault('teams.archived')
  if (delete_at > 0) throw new Fault('channels.archived')
}
