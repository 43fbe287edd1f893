/** Accounts and memberships in words. */
import type { Membership } from '@plausch/wire'
import type { Say, TextId } from '../../../i18n/text.ts'

const WAYS: Record<string, TextId> = {
  '': 'administration.byPassword',
  ldap: 'administration.byDirectory',
  saml: 'administration.bySaml',
}

/** Another service keeps its technical name. */
export const wayText = (say: Say, service: string): string => {
  const id = WAYS[service]
  return id ? say(id) : say('administration.byService', { name: service })
}

const ROLES: Record<string, TextId> = {
  system_admin: 'administration.roleAdmin',
  system_user: 'administration.roleUser',
  system_guest: 'administration.roleGuest',
}

/** A role that this client does not know keeps its technical name. */
export const roleText = (say: Say, role: string): string => {
  const id = ROLES[role]
  return id ? say(id) : role
}

export const placeText = (say: Say, { type, team_display_name: team }: Membership): string =>
  type === 'Team' ? say('administration.team') : say('groupLinks.channelOf', { team })

const namesOf = (groups: Membership['groups']) => ({
  count: groups.length,
  names: groups.map(({ display_name }) => display_name).join(', '),
})

export const sourceText = (
  say: Say,
  { source, groups, left_at }: Membership,
  dated: (at: number) => string,
): string => {
  if (source === 'left') return say('administration.fromLeft', { when: dated(left_at), ...namesOf(groups) })
  if (source === 'team') return say('administration.fromTeam')
  return say(source === 'hand' ? 'administration.fromHand' : 'administration.fromGroups', namesOf(groups))
}

/** Their role there, and who gave it to them. */
export const standingText = (say: Say, { source, admin_source, admin_groups }: Membership): string => {
  if (source === 'left') return ''
  if (admin_source === '') return say('administration.member')
  return admin_source === 'hand'
    ? say('administration.adminByHand')
    : say('administration.adminByGroups', namesOf(admin_groups))
}
