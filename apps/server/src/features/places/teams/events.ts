import type { Context } from '../../../core/context.ts'
import { fact, within } from '../../../core/facts.ts'
import { joinAudience, leaveAudience } from '../../../core/own-effects.ts'
import { guestChanged, type UserRow } from '../../people/users/index.ts'
import { forgetMembers } from './memory.ts'
import { shownMember, shownTeam } from './records.ts'
import { type TeamMemberRow, type TeamRow, updateGuest } from './store.ts'

export const teamCreated = fact<{ team: TeamRow; by: string }>('team.created')
/** People became members; told once for all of them. `users` contains them and the person who added them. */
export const teamMembersAdded = fact<{
  team: TeamRow
  user_ids: string[]
  users: readonly UserRow[]
  by: string
  isQuiet: boolean
}>('team.members_added')
/** A membership is about to end: listeners remove the person from everything that belongs to the team. */
export const teamMemberRemoved = fact<{ team: TeamRow; user_id: string; by: string }>('team.member_removed')
/** Groups decide from now on who is in the team. */
export const teamConstrained = fact<{ team_id: string }>('team.constrained')
export const teamArchived = fact<{ team: TeamRow }>('team.archived')

export const teamRestored = fact<{ team: TeamRow }>('team.restored')
/** A person's rights in a team changed. */
export const teamRolesChanged = fact<{ team_id: string; user_id: string }>('team.roles_changed')

/** The hub's key for the members of a team. */
export const audienceOf = (teamId: string) => `team:${teamId}`

/** The team without the properties that only some people may see; these fetch them themselves. */
const plain = (context: Context, team: TeamRow): string =>
  JSON.stringify({ ...shownTeam(context, team, undefined), invite_id: '', email: '' })

export const announceTeam = (context: Context, team: TeamRow): void =>
  context.publish('update_team', { team: plain(context, team) }, { team: team.id })

export const announceArchived = (context: Context, team: TeamRow): void =>
  context.publish('delete_team', { team: plain(context, team) }, { team: team.id })

export const announceRestored = (context: Context, team: TeamRow): void =>
  context.publish('restore_team', { team: plain(context, team) }, { team: team.id })

/** Sent to the member, whose rights changed, and to the others in the team, except guests. */
export const announceMemberRoles = (context: Context, member: TeamMemberRow): void => {
  const data = { member: JSON.stringify(shownMember(member)) }
  context.publish('memberrole_updated', data, { users: [member.user_id] })
  const others = { team: member.team_id, omitUsers: [member.user_id], omitGuests: true } as const
  context.publish('memberrole_updated', data, others)
}

export default [
  within(teamMembersAdded, async (context, { team, user_ids }) => {
    context.effect(joinAudience, { key: audienceOf(team.id), user_ids })
    for (const id of user_ids)
      context.publish('added_to_team', { team_id: team.id, user_id: id }, { users: [id] })
  }),
  within(guestChanged, async (context, { user_id, is_guest }) => {
    const changed = await updateGuest(context.db, user_id, is_guest)
    forgetMembers(context, [user_id])
    for (const member of changed) announceMemberRoles(context, member)
  }),
  within(teamMemberRemoved, async (context, { team, user_id }) => {
    context.effect(leaveAudience, { key: audienceOf(team.id), user_ids: [user_id] })
    // Guests do not know who else is in the team, so they get no event.
    const others = { team: team.id, omitUsers: [user_id], omitGuests: true } as const
    context.publish('leave_team', { user_id, team_id: team.id }, others)
    context.publish('leave_team', { user_id, team_id: team.id }, { users: [user_id] })
  }),
]
