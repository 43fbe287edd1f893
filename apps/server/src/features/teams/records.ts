import type { Permission, Team, TeamMember } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { grantedIn } from '../roles/index.ts'
import type { TeamMemberRow, TeamRow } from './store.ts'

/** The roles of a membership in words: those of its scheme, then those given one by one. */
export const rolesOf = (
  member: Pick<TeamMemberRow, 'scheme_user' | 'scheme_admin' | 'scheme_guest' | 'explicit_roles'>,
) =>
  [
    member.scheme_guest ? 'team_guest' : '',
    member.scheme_user ? 'team_user' : '',
    member.scheme_admin ? 'team_admin' : '',
    member.explicit_roles,
  ]
    .filter((name) => name !== '')
    .join(' ')

/** What the actor may do in a team with this membership, or with none. */
export const rightsIn = (context: Context, member: TeamMemberRow | undefined) => {
  const roles = member ? rolesOf(member) : ''
  return (permission: Permission): boolean => grantedIn(context, roles, permission)
}

/** The team as the actor may see it: the invite id only for those who may invite. */
export const shownTeam = (context: Context, row: TeamRow, member: TeamMemberRow | undefined): Team => ({
  ...row,
  invite_id: rightsIn(context, member)('invite_user') ? row.invite_id : '',
  email: rightsIn(context, member)('manage_team') ? row.email : '',
  scheme_id: '',
  group_constrained: false,
  policy_id: null,
  cloud_limits_archived: false,
})

export const shownMember = (row: TeamMemberRow): TeamMember => ({ ...row, roles: rolesOf(row), delete_at: 0 })
