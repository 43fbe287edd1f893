import { fact, within } from '../../core/facts.ts'
import type { TeamRow } from './store.ts'

export const teamCreated = fact<{ team: TeamRow; by: string }>('team.created')
/** People became members; told once for all of them. */
export const teamMembersAdded = fact<{ team: TeamRow; user_ids: string[]; by: string }>('team.members_added')
/** A membership is about to end: listeners take the person out of what belongs to the team. */
export const teamMemberRemoved = fact<{ team: TeamRow; user_id: string; by: string }>('team.member_removed')
export const teamArchived = fact<{ team: TeamRow }>('team.archived')

/** The hub's key for who is in a team. */
export const audienceOf = (teamId: string) => `team:${teamId}`

export default [
  within(teamMembersAdded, async (context, { team, user_ids }) => {
    context.committed(() => context.server.hub.join(audienceOf(team.id), user_ids))
    for (const id of user_ids) context.publish('added_to_team', { team_id: team.id, user_id: id }, { users: [id] })
  }),
  within(teamMemberRemoved, async (context, { team, user_id }) => {
    context.committed(() => context.server.hub.leave(audienceOf(team.id), [user_id]))
    context.publish('leave_team', { user_id, team_id: team.id }, { team: team.id, omitUsers: [user_id] })
    context.publish('leave_team', { user_id, team_id: team.id }, { users: [user_id] })
  }),
]
