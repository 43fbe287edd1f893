/**
 * Who may see, enter and change teams. A team that the actor may not see is answered like one that does not
 * exist.
 */

import type { Permission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isGuest, isOneself, seenIds } from '../../people/users/index.ts'
import { teamOfActor } from './memory.ts'
import { rightsIn } from './records.ts'
import {
  findMember,
  findTeamByInvite,
  findTeamByName,
  lockTeam,
  membershipsOfUser,
  type TeamMemberRow,
  type TeamRow,
} from './store.ts'

/** A team that the actor may see. `can` says what their roles let them do in it. */
export type SeenTeam = {
  team: TeamRow
  member: TeamMemberRow | undefined
  can(permission: Permission): boolean
}

const forbidden = () => new Fault('api.context.permissions.app_error')

/**
 * Checks whether the actor may see a team, loaded with their membership: members may, people who may join it,
 * and those who manage all teams.
 */
const judged = (context: Context, team: TeamRow, member: TeamMemberRow | undefined): SeenTeam => {
  const { actor } = context
  const managesAll = actor.can('manage_system') || actor.can('sysconsole_read_user_management_teams')
  const isOpen = team.allow_open_invite && team.delete_at === 0 && actor.can('list_public_teams')
  if (!(member && team.delete_at === 0) && !isOpen && !managesAll) throw new Fault('teams.not_found')
  return { team, member, can: rightsIn(context, member) }
}

const seen = async (context: Context, team: TeamRow | undefined): Promise<SeenTeam> => {
  if (!team) throw new Fault('teams.not_found')
  return judged(context, team, await findMember(context.db, team.id, context.actor.userId))
}

type AboutTeam = { params: { team_id: string } }

export const maySeeTeam = async (context: Context, { params }: AboutTeam): Promise<SeenTeam> => {
  const found = await teamOfActor(context, params.team_id)
  if (!found) throw new Fault('teams.not_found')
  const { member, ...team } = found
  return judged(context, team, member ?? undefined)
}

export const maySeeTeamByName = async (
  context: Context,
  { params }: { params: { team_name: string } },
): Promise<SeenTeam> => seen(context, await findTeamByName(context.db, params.team_name.toLowerCase()))

/** Only members, and people who manage all teams, may see the members and channels of a team. */
export const mayEnterTeam = async (context: Context, input: AboutTeam): Promise<SeenTeam> => {
  const found = await maySeeTeam(context, input)
  if (!found.member && !context.actor.can('manage_system')) throw new Fault('teams.not_found')
  return found
}

/** What a person has in a team is visible only to themselves, while they are a member. */
export const isOwnTeam = async (
  context: Context,
  input: { params: { user_id: string; team_id: string } },
): Promise<{ userId: string; teamId: string }> => {
  const userId = isOneself(context, input)
  const { team } = await mayEnterTeam(context, input)
  return { userId, teamId: team.id }
}

const allowed =
  (permission: Permission) =>
  async (context: Context, { params }: AboutTeam): Promise<SeenTeam> => {
    const found = await seen(context, await lockTeam(context.db, params.team_id))
    if (!found.can(permission)) throw forbidden()
    return found
  }

export const mayManageTeam = allowed('manage_team')

export const mayCreateTeam = ({ actor }: Context): void => {
  if (!actor.can('create_team')) throw forbidden()
}

/**
 * May the actor know whether a team has this name? People who could create one would learn it by trying;
 * others know of teams that they may see. In all other cases the reply is "no", as in v4.
 */
export const maySeeName = async (
  context: Context,
  { params }: { params: { team_name: string } },
): Promise<boolean> => {
  const team = await findTeamByName(context.db, params.team_name.toLowerCase())
  if (!team) return false
  if (context.actor.can('create_team')) return true
  return await seen(context, team).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Fault && error.code === 'teams.not_found') return false
      throw error
    },
  )
}

/** Anybody who has the link may know which team it leads to; the link is the secret. */
export const mayFollowInvite = async (
  { db }: Context,
  { params }: { params: { invite_id: string } },
): Promise<TeamRow> => {
  const team = await findTeamByInvite(db, params.invite_id)
  if (!team) throw new Fault('onboarding.invite')
  return team
}

/** The team of a link; undefined if the request has an invitation token, which is checked later. */
export const mayJoinByInvite = async (
  { actor, db }: Context,
  { query }: { query: { invite_id: string; token: string } },
): Promise<TeamRow | undefined> => {
  if (query.token !== '') return undefined
  if (isGuest(actor)) throw new Fault('api.team.add_user_to_team_from_invite.guest.app_error')
  const team = query.invite_id === '' ? undefined : await findTeamByInvite(db, query.invite_id)
  if (!team) throw new Fault('onboarding.invite')
  return team
}

/** People may add themselves to an open team, and others with the permission to add. */
const mayAddTo = (context: Context, { team, member, can }: SeenTeam, userIds: readonly string[]): TeamRow => {
  const { actor } = context
  if (team.delete_at > 0) throw new Fault('teams.archived')
  const joinsItself = userIds.every((id) => id === actor.userId)
  const mayJoin = team.allow_open_invite && actor.can('join_public_teams')
  const mayAdd = can('add_user_to_team') && (member !== undefined || actor.can('manage_system'))
  if (!(joinsItself && (mayJoin || member)) && !mayAdd) throw forbidden()
  return team
}

export const mayAddMember = async (
  context: Context,
  { params, body }: AboutTeam & { body: { user_id: string } },
): Promise<TeamRow> =>
  mayAddTo(context, await seen(context, await lockTeam(context.db, params.team_id)), [body.user_id])

export const mayAddMembers = async (
  context: Context,
  { params, body }: AboutTeam & { body: readonly { user_id: string; team_id?: string }[] },
): Promise<TeamRow> => {
  if (body.some(({ team_id }) => team_id && team_id !== params.team_id))
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'team_id' })
  return mayAddTo(
    context,
    await seen(context, await lockTeam(context.db, params.team_id)),
    body.map((each) => each.user_id),
  )
}

export type SeenMember = { team: TeamRow; member: TeamMemberRow }

export const maySeeMember = async (
  context: Context,
  input: { params: { team_id: string; user_id: string } },
): Promise<SeenMember> => {
  const { team } = await mayEnterTeam(context, input)
  const member = await findMember(context.db, team.id, input.params.user_id)
  // Guests may not learn who else is in the team.
  const isSeen = (await seenIds(context, [input.params.user_id])).size > 0
  if (!member || !isSeen) throw new Fault('teams.member_not_found')
  return { team, member }
}

/** People may remove themselves (leave), and others with the permission to remove. */
export const mayRemoveMember = async (
  context: Context,
  input: { params: { team_id: string; user_id: string } },
): Promise<SeenMember> => {
  const { team, can } = await mayEnterTeam(context, input)
  const isSelf = input.params.user_id === context.actor.userId
  if (!isSelf && !can('remove_user_from_team')) throw forbidden()
  await lockTeam(context.db, team.id)
  const member = await findMember(context.db, team.id, input.params.user_id)
  if (!member) throw new Fault('teams.member_not_found')
  return { team, member }
}

export const mayManageMemberRoles = async (
  context: Context,
  input: { params: { team_id: string; user_id: string } },
): Promise<SeenMember> => {
  const { team, can } = await mayEnterTeam(context, input)
  if (!can('manage_team_roles')) throw forbidden()
  await lockTeam(context.db, team.id)
  const member = await findMember(context.db, team.id, input.params.user_id)
  if (!member) throw new Fault('teams.member_not_found')
  return { team, member }
}

/** For filters of other nouns: the actor must be allowed to see the members and channels of this team. */
export const checkTeamVisible = async (context: Context, id: string): Promise<void> => {
  await mayEnterTeam(context, { params: { team_id: id } })
}

/** If something belongs to no team, it is enough to have the permission in any team, as in v4. */
export const mayAnywhere = async (context: Context, permission: Permission): Promise<boolean> => {
  if (rightsIn(context, undefined)(permission)) return true
  const memberships = await membershipsOfUser(context.db, context.actor.userId)
  return memberships.some((member) => rightsIn(context, member)(permission))
}
