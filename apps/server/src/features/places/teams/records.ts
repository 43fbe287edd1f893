import type { Permission, Team, TeamMember } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { grantedIn, roleNames } from '../../ground/roles/index.ts'
import type { TeamMemberRow, TeamRow } from './store.ts'

/** The roles of a membership, separated by spaces. */
const rolesOf = ({ scheme_guest, scheme_user, scheme_admin, explicit_roles }: TeamMemberRow): string =>
  roleNames('team', { guest: scheme_guest, user: scheme_user, admin: scheme_admin, explicit: explicit_roles })

/** What the actor may do in a team with this membership, or without one. */
export const rightsIn = (context: Context, member: TeamMemberRow | undefined) => {
  const roles = member ? rolesOf(member) : ''
  return (permission: Permission): boolean => grantedIn(context, roles, permission)
}

/** The team as the actor may see it: only people who may invite get the invite id. */
export const shownTeam = (context: Context, row: TeamRow, member: TeamMemberRow | undefined): Team => ({
  ...row,
  invite_id: rightsIn(context, member)('invite_user') ? row.invite_id : '',
  email: rightsIn(context, member)('manage_team') ? row.email : '',
  scheme_id: null,
  policy_id: null,
  cloud_limits_archived: false,
})

export const shownMember = (row: TeamMemberRow): TeamMember => ({ ...row, roles: rolesOf(row), delete_at: 0 })
