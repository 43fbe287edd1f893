/** What went wrong at a sign-in service, by the fault that the server names. */
import type { TextId } from '../../../i18n/text.ts'

const problems: Record<string, TextId> = {
  'sso.denied': 'sso.problem.denied',
  'sso.no_address': 'sso.problem.noAddress',
  'sso.first': 'sso.problem.first',
  'api.user.authorize_oauth_user.unsupported.app_error': 'sso.problem.off',
  'api.user.authorize_oauth_user.invalid_state.app_error': 'sso.problem.state',
  'api.user.authorize_oauth_user.missing.app_error': 'sso.problem.state',
  'api.user.authorize_oauth_user.service.app_error': 'sso.problem.away',
  'api.user.authorize_oauth_user.token_failed.app_error': 'sso.problem.answer',
  'api.user.create_oauth_user.already_attached.app_error': 'sso.problem.taken',
  'api.user.login.inactive.app_error': 'sso.problem.inactive',
  'api.user.login.invalid_credentials_email_username': 'sso.problem.changed',
  'api.user.create_user.signup_link_invalid.app_error': 'sso.problem.invitation',
  'api.user.create_user.signup_link_expired.app_error': 'sso.problem.invitation',
  'api.team.invite_guests_to_channels.disabled.error': 'sso.problem.invitation',
  'onboarding.invite': 'sso.problem.invitation',
  'onboarding.disabled': 'sso.problem.closed',
  'onboarding.domain': 'sso.problem.domain',
  'sso.unproven_address': 'sso.problem.unproven',
  'sso.address_is_no_id': 'sso.problem.addressAsId',
  'sso.not_fresh': 'sso.problem.fresh',
  'api.user.create_user.invalid_invitation_type.app_error': 'sso.problem.kind',
  'api.team.add_user_to_team_from_invite.guest.app_error': 'sso.problem.kind',
  'teams.unproven': 'sso.problem.teamUnproven',
  'outgoing.busy': 'sso.problem.busy',
  unavailable: 'sso.problem.busy',
  'users.limit': 'sso.problem.seats',
  'users.limit_ask': 'sso.problem.seats',
  'users.identity_taken': 'sso.problem.identity',
  'api.invalid_redirect_url': 'sso.problem.redirect',
  'api.invalid_custom_url_scheme': 'sso.problem.app',
}

/** The text for the address of the page `/error`; undefined if it is about something else. */
export const problemAt = (search: string): TextId | undefined => {
  const query = new URLSearchParams(search)
  const type = query.get('type')
  const isSignIn = type === 'sso' || (type === 'oauth_access_denied' && query.has('id'))
  return isSignIn ? (problems[query.get('id') ?? ''] ?? 'sso.problem.other') : undefined
}
