/** The rights of the signed-in person in a team. */
import { keyed, type Source, sameFields, select } from '@plausch/client'
import type { Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'

export type TeamRights = {
  mayManage: boolean
  mayInvite: boolean
  mayInviteGuests: boolean
  mayRemove: boolean
  mayManageRoles: boolean
  /** May they link groups of the directory to the team? */
  mayLinkGroups: boolean
  /** Do groups decide who is in the team? Then nobody can invite or remove people. */
  isDecided: boolean
}

export const teamRights: (teamId: string) => Source<TeamRights> = keyed((teamId) =>
  select((read) => {
    const permissions = read(client.roles.permissions(teamId))
    const config = read(client.settings.config)
    const isDecided = read(client.teams.records.at(teamId))?.group_constrained === true
    const hasDirectory = config.EnableLdap === 'true'
    return {
      mayManage: permissions.has('manage_team'),
      mayInvite: permissions.has('invite_user') && !isDecided,
      mayInviteGuests: permissions.has('invite_guest') && config.EnableGuestAccounts === 'true' && !isDecided,
      mayRemove: permissions.has('remove_user_from_team'),
      mayManageRoles: permissions.has('manage_team_roles'),
      mayLinkGroups: hasDirectory && permissions.has('manage_team'),
      isDecided,
    }
  }, sameFields),
)

/** May they invite anybody, by a link or by mail? */
export const mayInviteSomehow = (read: Read, teamId: string): boolean => {
  const { mayInvite, mayInviteGuests } = read(teamRights(teamId))
  // Without the right to invite the client gets no link.
  return mayInviteGuests || (mayInvite && read(client.teams.records.at(teamId))?.invite_id !== '')
}
