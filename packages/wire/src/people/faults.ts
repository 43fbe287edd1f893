/** The faults of people: accounts, signing in, roles, presence. */
import { fault } from '../fault.ts'

export const peopleFaults = {
  'api.user.login.invalid_credentials_email_username': fault(
    401,
    'Enter a valid e-mail address or username and password.',
  ),
  'api.user.check_user_login_attempts.too_many.app_error': fault(
    401,
    'Your account is locked because of too many failed attempts to sign in. Please reset your password.',
  ),
  'api.user.login.inactive.app_error': fault(
    401,
    'This account is deactivated. Please ask an administrator.',
  ),
  'signin.busy': fault(
    503,
    'Too many people are signing in at this moment. Please try again in a few seconds.',
  ),
  'app.user.save.email_exists.app_error': fault(400, 'There is already an account with this e-mail address.'),
  'app.user.save.username_exists.app_error': fault(400, 'There is already an account with this username.'),
  'directory.unreachable': fault(
    503,
    'The organisation’s directory does not answer at the moment, so your password could not be checked. This is not about your password. Please try again in a minute.',
  ),
  'directory.password_expired': fault(
    401,
    'Your password has expired. Please set a new one where your organisation lets you do that, then sign in here.',
  ),
  'directory.locked': fault(
    401,
    'The organisation’s directory has locked your account after too many wrong passwords. Please ask your help desk.',
  ),
  'directory.refused': fault(
    401,
    'The organisation’s directory does not let this account sign in. Please ask your help desk.',
  ),
  'directory.no_id': fault(
    400,
    'Your entry in the organisation’s directory has no stable id. Please tell your administrators.',
  ),
  'directory.no_address': fault(
    400,
    'Your entry in the organisation’s directory has no valid e-mail address, so you cannot get an account. Please ask your help desk.',
  ),
  'directory.address_taken': fault(
    400,
    'Another account has the e-mail address of your entry in the organisation’s directory. Accounts are never joined by address: move that account to the directory in its settings, or ask your help desk.',
  ),
  'api.user.update_user_auth.invalid_request': fault(
    400,
    'This account cannot sign in this way: the service is unknown, the id is missing, or another account has it.',
  ),
  'ent.migration.migratetoldap.duplicate_field': fault(
    400,
    'Several accounts or entries have the same name or address: {names}. Set “force” to leave these out.',
  ),
  'ent.migration.migratetoldap.user_not_found': fault(
    400,
    'The directory does not have these accounts: {names}. Set “force” to leave these out.',
  ),
  'directory.preview_first': fault(
    400,
    'Please look at the preview first (POST /api/plausch/directory/migration). What would be moved must be what you have seen there within the last hour.',
  ),
  'directory.secret_needed': fault(
    400,
    'The server, its port or its security changes: please enter the password of the service account again. The stored one goes only to the server for which it was entered.',
  ),
  'directory.nothing_held': fault(400, 'The brake holds nothing back.'),
  'directory.held_changed': fault(
    409,
    'What the brake holds back has changed since you looked. Look at the list again.',
  ),
  'directory.group_filter': fault(400, 'The filter for groups is not a valid LDAP filter.'),
  'ent.ldap.validate_filter.app_error': fault(400, 'The filter for people is not a valid LDAP filter.'),
  'ent.ldap.validate_guest_filter.app_error': fault(400, 'The filter for guests is not a valid LDAP filter.'),
  'ent.ldap.validate_admin_filter.app_error': fault(
    400,
    'The filter for administrators is not a valid LDAP filter.',
  ),
  'model.config.is_valid.ldap_server': fault(400, 'The directory needs a server (LdapServer).'),
  'model.config.is_valid.ldap_basedn': fault(400, 'The directory needs a base (BaseDN).'),
  'model.config.is_valid.ldap_email': fault(
    400,
    'The directory needs the attribute of e-mail addresses (EmailAttribute).',
  ),
  'model.config.is_valid.ldap_username': fault(
    400,
    'The directory needs the attribute of usernames (UsernameAttribute).',
  ),
  'model.config.is_valid.ldap_id': fault(
    400,
    'The directory needs the attribute of stable ids (IdAttribute).',
  ),
  'model.config.is_valid.ldap_login_id': fault(
    400,
    'The directory needs the attribute of the names that people sign in with (LoginIdAttribute).',
  ),
  'ent.ldap.connection.test_failed': fault(400, 'The directory cannot be used: {reason}'),
  'ent.ldap.disabled.app_error': fault(501, 'The directory is switched off on this server.'),
  'ent.ldap_id_migrate.app_error': fault(400, 'The ids could not be moved, so nothing was changed: {reason}'),
  'ent.ldap.do_login.invalid_password.app_error': fault(401, 'The password of the directory is not right.'),
  'ent.ldap.do_login.user_not_registered.app_error': fault(401, 'The directory has no such name.'),
  'api.user.check_user_login_attempts.too_many_ldap.app_error': fault(
    401,
    'Too many wrong passwords. Please wait ten minutes before the next attempt.',
  ),
  'api.user.patch_user.login_provider_attribute_set.app_error': fault(
    409,
    'The organisation’s directory or sign-in service determines this field; it can only be changed there.',
  ),
  'api.admin.add_certificate.parseform.app_error': fault(400, 'The request is not a form with a file.'),
  'api.admin.add_certificate.no_file.app_error': fault(
    400,
    'The form has no file in the field “certificate”.',
  ),
  'api.admin.add_certificate.saving.app_error': fault(
    400,
    'The file is no certificate or key in PEM form that this server can use.',
  ),
  'api.user.email_to_ldap.not_available.app_error': fault(
    403,
    'Accounts do not move between ways to sign in on this server.',
  ),
  'api.user.ldap_to_email.not_available.app_error': fault(
    403,
    'Accounts do not move between ways to sign in on this server.',
  ),
  'api.user.email_to_oauth.not_available.app_error': fault(
    403,
    'Accounts do not move between ways to sign in on this server.',
  ),
  'api.user.oauth_to_email.not_available.app_error': fault(
    403,
    'Accounts do not move between ways to sign in on this server.',
  ),
  'jobs.not_found': fault(404, 'There is no such job.'),
  'api.job.unable_to_create_job.incorrect_job_type': fault(400, 'This server has no jobs of this type.'),
  'api.job.retrieve.nopermissions': fault(403, 'You may not read jobs of this type.'),
  'app.job.request_cancellation.status.error': fault(400, 'This job has ended already.'),
  'api.job.status.invalid': fault(400, 'The job cannot get this status now.'),
  'users.identity_taken': fault(400, 'Another account has this way to sign in already.'),
  'api.user.update_password.oauth.app_error': fault(
    400,
    'This account signs in by {service}, so its password can only be changed there.',
  ),
  'api.user.update_password.incorrect.app_error': fault(400, 'The current password is not right.'),
  'api.user.login.not_verified.app_error': fault(
    401,
    'Please confirm your e-mail address first. The link is in the mail that you were sent.',
  ),
  'mfa.validate_token.authenticate.app_error': fault(401, 'The code of your app is missing or not right.'),
  'api.context.mfa_required.app_error': fault(
    403,
    'This server asks for a second factor. Please set it up first.',
  ),
  'mfa.mfa_disabled.app_error': fault(501, 'Second factors are switched off on this server.'),
  'mfa.activate.bad_token.app_error': fault(400, 'The code is not right. Please try the next one.'),
  'mfa.no_secret': fault(400, 'There is no secret yet. Please make one first.'),
  'mfa.proof_needed': fault(
    401,
    'This needs your second factor. Please sign out, sign in again with a code of your app, and repeat it within 15 minutes.',
  ),
  'mfa.is_active': fault(400, 'A second factor is in use already. Please switch it off first.'),
  'mail.off': fault(
    501,
    'This server sends no mail: its administrators have not named a mail server, a sender and the address of the site.',
  ),
  'accounts.reset_off': fault(501, 'Forgotten passwords are set by the administrators of this server.'),
  'api.user.verify_email.bad_link.app_error': fault(
    400,
    'This link to confirm an e-mail address is not valid. Please ask for a new one.',
  ),
  'api.user.verify_email.link_expired.app_error': fault(
    400,
    'This link to confirm an e-mail address has expired. Please ask for a new one.',
  ),
  'api.user.reset_password.invalid_link.app_error': fault(
    400,
    'This link to set a password is not valid. Please ask for a new one.',
  ),
  'api.user.reset_password.link_expired.app_error': fault(
    400,
    'This link to set a password has expired. Please ask for a new one.',
  ),
  'app.desktop_token.validate.invalid': fault(
    401,
    'This sign-in for the desktop app is not valid any more. Please sign in again.',
  ),
  'api.user.delete_user.not_enabled.app_error': fault(
    403,
    'On this server accounts are deactivated, not deleted for good.',
  ),
  'users.username': fault(
    400,
    'A username has 1 to 64 lower-case letters, digits, dots, hyphens or underscores, and is not reserved.',
  ),
  'users.email': fault(400, 'This is not a valid e-mail address.'),
  'users.locale': fault(400, 'This language is not known.'),
  'users.not_found': fault(404, 'There is no such person.'),
  'users.limit': fault(403, 'The limit of {max} active accounts that the administrators set is reached.'),
  'users.limit_ask': fault(
    403,
    'The limit of {max} active accounts that the administrators set is reached. Please ask the help desk: {desk}.',
  ),
  'model.user.is_valid.pwd_min_length.app_error': fault(400, 'The password needs at least {min} characters.'),
  'model.user.is_valid.pwd_max_length.app_error': fault(
    400,
    'The password is too long: it may have {max} bytes, and umlauts and other letters beyond A to Z count as two or more.',
  ),
  'sessions.common_password': fault(
    400,
    'This password is one of those that are guessed first. Please choose another one.',
  ),
  'model.user.is_valid.pwd_lowercase.app_error': fault(400, 'The password needs a lower-case letter.'),
  'model.user.is_valid.pwd_uppercase.app_error': fault(400, 'The password needs an upper-case letter.'),
  'model.user.is_valid.pwd_number.app_error': fault(400, 'The password needs a digit.'),
  'model.user.is_valid.pwd_symbol.app_error': fault(400, 'The password needs a symbol.'),
  'onboarding.closed': fault(403, 'New accounts need an invitation. Please ask for an invite link.'),
  'onboarding.invite': fault(400, 'This invite link is not valid any more. Please ask for a new one.'),
  'onboarding.code': fault(
    403,
    'The first account needs the one-time code that the server printed when it started.',
  ),
  'onboarding.disabled': fault(403, 'New accounts cannot be created on this server.'),
  'onboarding.domain': fault(400, 'This team takes only e-mail addresses of: {domains}.'),
  'api.user.create_user.signup_link_invalid.app_error': fault(
    400,
    'This invitation is not valid any more. Please ask for a new one.',
  ),
  'api.user.create_user.signup_link_expired.app_error': fault(
    400,
    'This invitation has expired. Please ask for a new one.',
  ),
  'api.user.create_user.invalid_invitation_type.app_error': fault(
    400,
    'This invitation is for another kind of account: guests and members are invited apart.',
  ),
  'api.team.add_user_to_team_from_invite.guest.app_error': fault(
    403,
    'Guests come into a team by an invitation for guests only.',
  ),
  'api.team.invite_members.disabled.app_error': fault(
    501,
    'Invitations by mail are switched off on this server.',
  ),
  'api.team.invite_members.invalid_email.app_error': fault(
    400,
    'The address {email} cannot be invited: it is none, or its domain is not allowed here.',
  ),
  'app.email.rate_limit_exceeded.app_error': fault(
    413,
    'One person sends at most {max} invitations an hour. Please invite the others later.',
  ),
  'api.team.demote_user_to_guest.disabled.error': fault(501, 'Guests are switched off on this server.'),
  'api.user.demote_user_to_guest.already_guest.app_error': fault(501, 'This person is a guest already.'),
  'api.user.promote_guest_to_user.no_guest.app_error': fault(501, 'This person is no guest.'),
  'roles.guest': fault(
    400,
    'Whether somebody is a guest is not changed by roles: demote or promote the account.',
  ),
  'api.team.invite_guests_to_channels.disabled.error': fault(501, 'Guests are switched off on this server.'),
  'sessions.not_found': fault(404, 'There is no such session.'),
  'tokens.disabled': fault(501, 'Personal access tokens are switched off on this server.'),
  'tokens.for_others': fault(
    403,
    'Tokens for other people are switched off (PlauschSettings.AdministratorsMayCreateTokensForOthers).',
  ),
  'tokens.not_found': fault(404, 'There is no such token.'),
  'roles.fixed': fault(403, 'What administrators of the server may do cannot be changed.'),
  'roles.unknown_permission': fault(400, 'There is no permission {name}.'),
  'roles.unknown': fault(400, 'There is no role {name}.'),
  'roles.last_admin': fault(400, 'The last administrator must stay one.'),
  'preferences.foreign': fault(403, 'A preference can only be set for yourself.'),
  'preferences.limit': fault(400, 'There are too many preferences, or they are too large.'),
  'terms.off': fault(501, 'This server has no terms of service to confirm.'),
  'terms.not_found': fault(404, 'There are no such terms of service.'),
  'terms.not_confirmed': fault(404, 'No terms of service have been confirmed.'),
  'preferences.not_found': fault(404, 'There is no such preference.'),
  'presence.off': fault(501, 'Statuses are switched off on this server.'),
  'presence.custom_off': fault(501, 'Custom statuses are switched off on this server.'),
  'presence.no_such_status': fault(400, 'There is no such custom status among the recent ones.'),
  'presence.end': fault(400, 'The end of "do not disturb" must lie in the future.'),
} as const satisfies Record<string, { status: number; text: string }>
