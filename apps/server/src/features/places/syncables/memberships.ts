/** Where each membership of a person comes from, and what a link would do, before it is made. */
import type { InputOf, Membership, syncables } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers, type UserRow } from '../../people/users/index.ts'
import { defaultNames, seeChannels } from '../channels/index.ts'
import { isSeen } from '../groups/index.ts'
import { findTeamMembers, fitsDomains, membershipsOfUser, type SeenTeam } from '../teams/index.ts'
import type { ChannelLinking, TeamLinking } from './access.ts'
import {
  type LinkedGroup,
  listJoining,
  listLinkedGroupsOf,
  listMembershipsOf,
  type PlacedMembership,
} from './memberships-store.ts'
import { findSyncable, type Kind } from './store.ts'

const named = ({ id, display_name }: LinkedGroup) => ({ id, display_name })

const sourceOf = (row: PlacedMembership, defaults: readonly string[]): Membership['source'] => {
  if (!row.is_member) return 'left'
  if (row.is_placed) return 'groups'
  return row.kind === 'Channel' && defaults.includes(row.name) ? 'team' : 'hand'
}

const shown = (
  row: PlacedMembership,
  groups: readonly LinkedGroup[],
  defaults: readonly string[],
): Membership => ({
  place_id: row.place_id,
  type: row.kind,
  display_name: row.display_name,
  team_id: row.team_id,
  team_display_name: row.team_display_name,
  source: sourceOf(row, defaults),
  admin_source: row.scheme_admin ? (row.is_placed_admin ? 'groups' : 'hand') : '',
  left_at: row.is_member ? 0 : row.left_at,
  // Where groups decide, each of them lets its people in.
  groups: groups.filter(({ auto_add }) => auto_add || row.group_constrained).map(named),
  admin_groups: groups.filter(({ scheme_admin }) => scheme_admin).map(named),
})

/** Those that the actor may know of: nobody learns here of a team or a channel that is hidden elsewhere. */
const visible = async (
  context: Context,
  rows: readonly PlacedMembership[],
): Promise<readonly PlacedMembership[]> => {
  const { actor, db } = context
  const channels = await seeChannels(
    context,
    rows.filter(({ kind }) => kind === 'Channel').map(({ place_id }) => place_id),
  )
  const seesAll = actor.can('manage_system') || actor.can('sysconsole_read_user_management_teams')
  const own = new Set((await membershipsOfUser(db, actor.userId)).map(({ team_id }) => team_id))
  const isSeenTeam = ({ team_id, is_team_open }: PlacedMembership) =>
    seesAll || own.has(team_id) || (is_team_open && actor.can('list_public_teams'))
  return rows.filter((row) => (row.kind === 'Team' ? isSeenTeam(row) : channels.has(row.place_id)))
}

export const memberships = async (
  context: Context,
  { query: { page, per_page } }: InputOf<typeof syncables.memberships>,
  user: UserRow,
) => {
  const { db } = context
  const all = await listMembershipsOf(db, user.id, per_page, Math.max(page, 0) * per_page)
  const rows = await visible(context, all)
  const placeIds = rows.map(({ place_id }) => place_id)
  const linked = (await listLinkedGroupsOf(db, user.id, placeIds)).filter((group) => isSeen(context, group))
  const defaults = defaultNames(context.server)
  const groupsOf = Map.groupBy(linked, ({ place_id }) => place_id)
  return {
    memberships: rows.map((row) => shown(row, groupsOf.get(row.place_id) ?? [], defaults)),
    hidden_count: all.length - rows.length,
    total_count: all[0]?.total ?? 0,
  }
}

const joining = ({ db, server }: Context, groupId: string, kind: Kind, placeId: string) =>
  listJoining(db, groupId, kind, placeId, server.settings().LdapSettings.ReAddRemovedMembers)

/** Only those whose address the team takes. */
const fitting = async (context: Context, team: SeenTeam['team'], ids: readonly string[]): Promise<string[]> =>
  (await findUsers(context.db, ids)).filter((user) => fitsDomains(context, team, user)).map(({ id }) => id)

export const joiningTeam = async (context: Context, _input: unknown, { group, team }: TeamLinking) => ({
  add_count: (await fitting(context, team, await joining(context, group.id, 'Team', team.id))).length,
  team_add_count: 0,
})

/** A group that is new to the team adds its people there, too; otherwise the link to the team decides. */
export const joiningChannel = async (
  context: Context,
  _input: unknown,
  { group, team, channel }: ChannelLinking,
) => {
  const { db } = context
  const link = await findSyncable(db, group.id, team.id)
  const isLinked = link !== undefined && link.delete_at === 0
  if (!isLinked && team.group_constrained) throw new Fault('group_not_associated_to_synced_team')
  const ids = await joining(context, group.id, 'Channel', channel.id)
  const inTeam = (await findTeamMembers(db, team.id, ids)).length
  if (isLinked && !link.auto_add) return { add_count: inTeam, team_add_count: 0 }
  const wanted = new Set(ids)
  const newcomers = await fitting(context, team, await joining(context, group.id, 'Team', team.id))
  const coming = newcomers.filter((id) => wanted.has(id)).length
  return { add_count: inTeam + coming, team_add_count: coming }
}
