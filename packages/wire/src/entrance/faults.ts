/** Faults of single sign-on. */
import { fault } from '../fault.ts'

export const entranceFaults = {
  'namespaces.not_found': fault(404, 'There is no such rule.'),
  'namespaces.name': fault(400, 'Give the rule a name.'),
  'namespaces.base': fault(400, 'The branch does not lie below the base of the directory (BaseDN).'),
  'namespaces.nothing': fault(
    400,
    'The rule would do nothing: let it make teams or channels, or groups to mention.',
  ),
  'namespaces.team': fault(400, 'Channels need a team that is not archived.'),
  'namespaces.take_over': fault(
    400,
    'An entry cannot take over this team or channel any more. Please look at the preview again.',
  ),
  'namespaces.changed': fault(409, 'Somebody else has changed this rule meanwhile. Please open it again.'),
  'namespaces.made': fault(
    400,
    'The rule has already made places, so it cannot make others. Please make a second rule.',
  ),
  'namespaces.too_many': fault(400, 'There are {max} rules already.'),
  'api.user.authorize_oauth_user.unsupported.app_error': fault(
    501,
    'This server does not offer to sign in this way.',
  ),
  'api.user.authorize_oauth_user.invalid_state.app_error': fault(
    400,
    'This sign-in did not begin in this browser, took longer than ten minutes, or was completed already. Please begin again.',
  ),
  'api.user.authorize_oauth_user.missing.app_error': fault(
    400,
    'The sign-in service did not send everything that is needed. Please begin again.',
  ),
  'api.user.authorize_oauth_user.service.app_error': fault(
    502,
    'The sign-in service of your organisation cannot be reached at the moment. Please try again in a few minutes.',
  ),
  'api.user.authorize_oauth_user.token_failed.app_error': fault(
    502,
    'The sign-in service of your organisation sent an answer that this server cannot trust, so nobody was signed in.',
  ),
  'api.user.authorize_oauth_user.saml_response_too_long.app_error': fault(
    413,
    'The answer of the sign-in service is too long.',
  ),
  'api.admin.saml.not_available.app_error': fault(501, 'SAML is not set up on this server.'),
  'api.admin.saml.failure_get_metadata_from_idp.app_error': fault(
    400,
    'These are no metadata of a sign-in service with an entity id, an address to sign in by redirect, and a certificate, or they cannot be reached.',
  ),
  'sso.group_not_found': fault(404, 'No sign-in service has named this group.'),
  'sso.denied': fault(403, 'The sign-in service did not let you in, or you cancelled there.'),
  'sso.no_address': fault(
    400,
    'The sign-in service did not tell your e-mail address, so you cannot get an account.',
  ),
  'sso.unproven_address': fault(
    403,
    'New accounts are only for e-mail addresses of certain domains, and the sign-in service does not say that you read the mail of your address.',
  ),
  'sso.address_is_no_id': fault(
    502,
    'The sign-in service names people by their e-mail address, which may pass to another person. An administrator must choose another attribute by which this server knows people.',
  ),
  'sso.first': fault(
    403,
    'This server is not set up yet: its first account is made on the server itself, with a password.',
  ),
  'sso.code': fault(401, 'This sign-in is not valid any more. Please begin again in the app.'),
  'sso.sign_in_again': fault(
    403,
    'Please prove to your sign-in service that it is you, and repeat this within ten minutes: it gives your account another way to sign in.',
  ),
  'sso.not_fresh': fault(
    403,
    'The sign-in service did not say that you have just signed in there, so it is not proven that you are the owner of your account.',
  ),
  'sso.secret_needed': fault(
    400,
    'The address of the sign-in service ({section}) changes. Please enter its secret again: a stored one is sent only to the service for which it was entered.',
  ),
  'sso.discovery_address': fault(
    400,
    'The address of the metadata begins with https:// and ends with /.well-known/openid-configuration.',
  ),
  'sso.discovery_failed': fault(400, 'The sign-in service cannot be used like this: {reason}'),
  'sso.setting_needed': fault(400, 'Signing in by a service needs a valid value of {name}.'),
  'api.invalid_redirect_url': fault(400, 'The address to return to is not one of this server.'),
  'api.invalid_custom_url_scheme': fault(400, 'The app to return to is not one that this server knows.'),
  'api.user.create_oauth_user.already_attached.app_error': fault(
    400,
    'Another account has your e-mail address already. Accounts are never joined by address: sign in to that account and move it to the sign-in service in its settings, or ask your help desk.',
  ),
  'api.user.oauth_to_email.context.app_error': fault(
    403,
    'Only the owner of an account, signed in, can give it a password.',
  ),
} as const
