import type { AddedOrNot, InputOf, Team, TeamMember, teams } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId, newSecret } from '../../../core/ids.ts'
import { checkSchemeRoles } from '../../ground/roles/index.ts'
import { findUsers, seenIds, viewerOf } from '../../people/users/index.ts'
import type { SeenMember, SeenTeam } from './access.ts'
import { addPeople, addThoseWhoFit } from './adding.ts'
import {
  announceArchived,
  announceMemberRoles,
  announceRestored,
  announceTeam,
  teamArchived,
  teamConstrained,
  teamCreated,
  teamMemberRemoved,
  teamRestored,
  teamRolesChanged,
} from './events.ts'
import { forgetMembers, forgetTeam } from './memory.ts'
import { shownMember, shownTeam } from './records.ts'
import { checkTeamName } from './rules.ts'
import {
  countListed,
  countMembers,
  deleteMember,
  findMember,
  findMembers,
  insertTeam,
  listMembers,
  listTeams,
  membershipsOfUser,
  searchTeams,
  type TeamMemberRow,
  type TeamRow,
  teamsOfUser,
  updateMemberRoles,
  updateTeam,
} from './store.ts'

type NewTeam = InputOf<typeof teams.create>['body']

/** Creates a team, with `creatorId` (if given) as its administrator. The caller checks the permission. */
export const createTeam = async (context: Context, wanted: NewTeam, creatorId: string): Promise<TeamRow> => {
  const { db, now } = context
  const team: TeamRow = {
    id: newId(now),
    create_at: now,
    update_at: now,
    delete_at: 0,
    name: checkTeamName(wanted.name),
    display_name: wanted.display_name.trim(),
    description: wanted.description ?? '',
    email: wanted.email ?? '',
    type: wanted.type,
    company_name: wanted.company_name ?? '',
    allowed_domains: wanted.allowed_domains ?? '',
    invite_id: newSecret(),
    allow_open_invite: wanted.allow_open_invite ?? wanted.type === 'O',
    last_team_icon_update: 0,
    group_constrained: null,
  }
  await insertTeam(db, team)
  await context.emit(teamCreated, { team, by: creatorId })
  if (creatorId !== '') await addPeople(context, team, [creatorId], { by: creatorId, asAdmin: true })
  return team
}

export const create = async (context: Context, { body }: InputOf<typeof teams.create>): Promise<Team> => {
  const team = await createTeam(context, body, context.actor.userId)
  return shownTeam(context, team, await findMember(context.db, team.id, context.actor.userId))
}

export const list = async (context: Context, { query }: InputOf<typeof teams.list>) => {
  const { actor, db } = context
  const whose = {
    userId: actor.userId,
    all: actor.can('manage_system'),
    open: actor.can('list_public_teams'),
  }
  const rows = await listTeams(db, whose, query.per_page, Math.max(query.page, 0) * query.per_page)
  const members = new Map(
    (await membershipsOfUser(db, actor.userId)).map((member) => [member.team_id, member]),
  )
  const shown = rows.map((row) => shownTeam(context, row, members.get(row.id)))
  return query.include_total_count ? { teams: shown, total_count: await countListed(db, whose) } : shown
}

type Found = InputOf<typeof teams.search>['body']

/**
 * Searches teams by a part of their names. With a page and its size the reply also has the total, as in v4.
 */
export const search = async (context: Context, { body }: { body: Found }) => {
  const { actor, db } = context
  const whose = {
    userId: actor.userId,
    all: actor.can('manage_system'),
    open: actor.can('list_public_teams'),
  }
  const limit = body.per_page ?? 200
  const { rows, total } = await searchTeams(db, whose, body, limit, (body.page ?? 0) * limit)
  const members = new Map((await membershipsOfUser(db, actor.userId)).map((each) => [each.team_id, each]))
  const shown = rows.map((row) => shownTeam(context, row, members.get(row.id)))
  return body.page !== undefined && body.per_page !== undefined ? { teams: shown, total_count: total } : shown
}

export const get = (context: Context, _input: unknown, { team, member }: SeenTeam): Team =>
  shownTeam(context, team, member)

/** Does the team exist, as far as the actor may know? */
export const exists = (_context: Context, _input: unknown, isThere: boolean) => ({ exists: isThere })

export const inviteInfo = (
  _context: Context,
  _input: unknown,
  { id, name, display_name, description }: TeamRow,
) => ({
  id,
  name,
  display_name,
  description,
})

/** A team, with the membership of the actor if there is one. */
type TeamAndMember = Pick<SeenTeam, 'team' | 'member'>

const save = async (
  context: Context,
  { team, member }: TeamAndMember,
  change: Partial<TeamRow>,
): Promise<Team> => {
  const next = { ...team, ...change, update_at: Math.max(context.now, team.update_at + 1) }
  await updateTeam(context.db, next)
  forgetTeam(context, next.id)
  announceTeam(context, next)
  return shownTeam(context, next, member)
}

export const patch = async (
  context: Context,
  { body }: Pick<InputOf<typeof teams.patch>, 'body'>,
  found: TeamAndMember,
): Promise<Team> => {
  const name = body.display_name
  const saved = await save(context, found, name === undefined ? body : { ...body, display_name: name.trim() })
  // The members whom no group has go after the answer.
  if (body.group_constrained && !found.team.group_constrained)
    await context.emit(teamConstrained, { team_id: found.team.id })
  return saved
}

/** v4's whole update: missing properties are emptied, except the name. */
export const update = (context: Context, { body }: InputOf<typeof teams.update>, found: SeenTeam) => {
  const { display_name, description = '', company_name = '', allowed_domains = '', allow_open_invite } = body
  const next = {
    description,
    company_name,
    allowed_domains,
    ...(allow_open_invite !== undefined && { allow_open_invite }),
  }
  return patch(context, { body: { ...next, ...(display_name !== undefined && { display_name }) } }, found)
}

export const setPrivacy = (context: Context, { body }: InputOf<typeof teams.setPrivacy>, found: SeenTeam) => {
  const { type, allow_open_invite } = found.team
  // A team that closes gets a new link, because people who have the old one should no longer join.
  const closes = body.privacy === 'I' && (type === 'O' || allow_open_invite)
  return save(context, found, {
    type: body.privacy,
    allow_open_invite: body.privacy === 'O',
    ...(closes ? { invite_id: newSecret() } : {}),
  })
}

export const regenerateInvite = (context: Context, _input: unknown, found: SeenTeam) =>
  save(context, found, { invite_id: newSecret() })

export const listOfUser = async (context: Context, _input: unknown, userId: string): Promise<Team[]> => {
  const rows = await teamsOfUser(context.db, userId)
  // What a reader sees of a team depends on their membership; an administrator may read the list of another
  // person.
  if (userId === context.actor.userId)
    return rows.map(({ member, ...team }) => shownTeam(context, team, member))
  const own = new Map(
    (await membershipsOfUser(context.db, context.actor.userId)).map((each) => [each.team_id, each]),
  )
  return rows.map(({ member: _, ...team }) => shownTeam(context, team, own.get(team.id)))
}

export const membersOfUser = async (
  { db }: Context,
  _input: unknown,
  userId: string,
): Promise<TeamMember[]> => (await membershipsOfUser(db, userId)).map(shownMember)

export const listTeamMembers = async (
  context: Context,
  { query }: InputOf<typeof teams.listMembers>,
  { team }: SeenTeam,
) => {
  const offset = Math.max(query.page, 0) * query.per_page
  const { exclude_deleted_users: onlyActive, per_page: limit } = query
  const rows = await listMembers(context.db, team.id, limit, offset, onlyActive, viewerOf(context))
  return rows.map(shownMember)
}

export const listMembersByIds = async (
  context: Context,
  { body }: InputOf<typeof teams.listMembersByIds>,
  { team }: SeenTeam,
) => {
  const seen = await seenIds(context, body)
  const rows = await findMembers(
    context.db,
    team.id,
    body.filter((id) => seen.has(id)),
  )
  return rows.map(shownMember)
}

export const getMember = (_context: Context, _input: unknown, { member }: SeenMember) => shownMember(member)

const memberOf = async (context: Context, team: TeamRow, userId: string): Promise<TeamMember> => {
  const member = await findMember(context.db, team.id, userId)
  if (!member) throw new Fault('teams.member_not_found')
  return shownMember(member)
}

export const addMember = async (
  context: Context,
  { body }: InputOf<typeof teams.addMember>,
  team: TeamRow,
) => {
  const by = context.actor.userId
  const [added] = await addPeople(context, team, [body.user_id], { by, isHeld: true })
  return added ? shownMember(added) : await memberOf(context, team, body.user_id)
}

export const addMembers = async (
  context: Context,
  { body, query }: InputOf<typeof teams.addMembers>,
  team: TeamRow,
): Promise<TeamMember[] | AddedOrNot[]> => {
  const ids = [...new Set(body.map((each) => each.user_id))]
  if (query.graceful) return await addThoseWhoFit(context, team, ids)
  await addPeople(context, team, ids, { by: context.actor.userId, isHeld: true })
  return (await findMembers(context.db, team.id, ids)).map(shownMember)
}

/** Joins by a team's link, or by the token of an invitation. */
export const joinByInvite = async (
  context: Context,
  { query }: InputOf<typeof teams.joinByInvite>,
  linked: TeamRow | undefined,
) => {
  const { actor, db, server } = context
  if (linked?.group_constrained) throw new Fault('app.team.invite_id.group_constrained.error')
  if (linked) await addPeople(context, linked, [actor.userId], { by: actor.userId })
  const teamId = linked?.id ?? (await server.ports.joinByToken(context, query.token))
  const member = await findMember(db, teamId, actor.userId)
  if (!member) throw new Fault('teams.member_not_found')
  return shownMember(member)
}

const isPrimary = ({ server }: Context, team: TeamRow): boolean =>
  team.name === server.settings().TeamSettings.ExperimentalPrimaryTeam

/** Ends a membership, with everything that follows from it; `by` is '' for the directory. */
export const endMembership = async (
  context: Context,
  team: TeamRow,
  userId: string,
  by: string,
): Promise<void> => {
  await context.emit(teamMemberRemoved, { team, user_id: userId, by })
  await deleteMember(context.db, team.id, userId)
  forgetMembers(context, [userId])
}

/** In a team whose members groups decide, people still leave by themselves, and bots come and go. */
const refuseConstrained = async ({ actor, db }: Context, team: TeamRow, userId: string): Promise<void> => {
  if (!team.group_constrained || userId === actor.userId) return
  const [user] = await findUsers(db, [userId])
  if (!user?.is_bot) throw new Fault('api.team.remove_member.group_constrained.app_error')
}

export const removeMember = async (context: Context, _input: unknown, { team, member }: SeenMember) => {
  if (isPrimary(context, team)) throw new Fault('teams.primary')
  await refuseConstrained(context, team, member.user_id)
  await endMembership(context, team, member.user_id, context.actor.userId)
  return { status: 'OK' as const }
}

/** Changes the roles of a member and tells everybody concerned. */
export const saveRoles = async (context: Context, before: TeamMemberRow, change: Partial<TeamMemberRow>) => {
  const member = { ...before, ...change }
  // A guest is a guest everywhere: only promoting and demoting changes that.
  if (member.scheme_guest !== before.scheme_guest) throw new Fault('roles.guest')
  await updateMemberRoles(context.db, member)
  forgetMembers(context, [member.user_id])
  await context.emit(teamRolesChanged, { team_id: member.team_id, user_id: member.user_id })
  announceMemberRoles(context, member)
  return { status: 'OK' as const }
}

/** Makes a person an administrator of the team, and a member first if needed. */
export const makeOwner = async (context: Context, team: TeamRow, userId: string): Promise<void> => {
  const [added] = await addPeople(context, team, [userId], { by: '', asAdmin: true })
  const member = added ?? (await findMember(context.db, team.id, userId))
  if (!member) throw new Fault('teams.member_not_found')
  if (!member.scheme_admin) await saveRoles(context, member, { scheme_admin: true })
}

const schemeRoles = ['team_user', 'team_admin', 'team_guest']

export const setMemberRoles = async (
  context: Context,
  { body }: InputOf<typeof teams.setMemberRoles>,
  { member }: SeenMember,
) => {
  const names = body.roles.split(' ').filter((name) => name !== '')
  // Only roles of a team can be given in a team; otherwise people could gain a role on the server.
  const unknown = names.find((name) => !schemeRoles.includes(name))
  if (unknown !== undefined) throw new Fault('roles.unknown', { name: unknown })
  const asGuest = names.includes('team_guest')
  if (asGuest && names.length > 1) throw new Fault('roles.unknown', { name: body.roles })
  const scheme = { scheme_user: !asGuest, scheme_admin: names.includes('team_admin'), scheme_guest: asGuest }
  return await saveRoles(context, member, scheme)
}

/** Sets roles in v4's other form: guest, or member and perhaps administrator. */
export const setMemberSchemeRoles = async (
  context: Context,
  { body }: InputOf<typeof teams.setMemberSchemeRoles>,
  { member }: SeenMember,
) => {
  return await saveRoles(context, member, checkSchemeRoles(body))
}

export const stats = async ({ db }: Context, _input: unknown, { team }: SeenTeam) => {
  const { total, active } = await countMembers(db, team.id)
  return { team_id: team.id, total_member_count: total, active_member_count: active }
}

export const archive = async (context: Context, _input: unknown, { team }: SeenTeam) => {
  if (isPrimary(context, team)) throw new Fault('teams.primary')
  if (team.delete_at > 0) throw new Fault('teams.archived')
  const next = { ...team, delete_at: context.now, update_at: context.now }
  await updateTeam(context.db, next)
  forgetTeam(context, next.id)
  await context.emit(teamArchived, { team: next })
  announceArchived(context, next)
  return { status: 'OK' as const }
}

/** Restores an archived team with its members and channels. It gets a new link. */
export const restore = async (
  context: Context,
  _input: unknown,
  { team, member }: SeenTeam,
): Promise<Team> => {
  if (team.delete_at === 0) return shownTeam(context, team, member)
  const next = { ...team, delete_at: 0, update_at: context.now, invite_id: newSecret() }
  await updateTeam(context.db, next)
  forgetTeam(context, next.id)
  await context.emit(teamRestored, { team: next })
  announceRestored(context, next)
  return shownTeam(context, next, member)
}
