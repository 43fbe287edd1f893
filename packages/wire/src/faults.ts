/**
 * Every fault that the server can answer with. A code is the `id` of v4's error body: Mattermost's id where
 * its clients compare it, our own (`noun.problem`) elsewhere. The text here is English; faults-de.ts has the
 * German one, and a test keeps both complete.
 */
const fault = <S extends string>(status: number, text: S) => ({ status, text })

export const faults = {
  // faults of the protocol itself
  'api.context.404.app_error': fault(404, 'There is nothing at this address.'),
  'api.context.permissions.app_error': fault(403, 'You do not have the permission for this.'),
  'api.context.session_expired.app_error': fault(
    401,
    'Your session is invalid or has expired. Please sign in again.',
  ),
  'api.context.invalid_body_param.app_error': fault(400, 'The request body is not valid: {name}.'),
  'api.context.invalid_url_param.app_error': fault(400, 'The address is not valid: {name}.'),
  'api.context.csrf.app_error': fault(403, 'The request did not come from a page of this server.'),
  'api.context.request_body_too_large.app_error': fault(413, 'The request is larger than {max} bytes.'),
  'api.context.uri_too_long.app_error': fault(414, 'The address is longer than {max} characters.'),
  'api.unsupported': fault(501, 'This server does not offer this: {reason}.'),
  internal: fault(
    500,
    'Something went wrong on the server. The request id helps the administrators to find it.',
  ),
  unavailable: fault(503, 'The server cannot reach its database at the moment. Please try again.'),
  stopping: fault(503, 'The server is being stopped. Please try again in a moment.'),
  'http.headers_too_large': fault(431, 'The headers of the request are too large.'),
  'http.timeout': fault(408, 'The request did not come in time.'),
  'replies.too_many': fault(
    503,
    'The server has too many large replies to send at the moment. Please try again.',
  ),
  'storage.full': fault(503, 'The server has no space left on its disk. Please tell its administrators.'),
  'storage.away': fault(503, 'The server cannot reach its file storage at the moment. Please try again.'),
  'storage.missing': fault(404, 'The file is not in the file storage any more.'),
  'limits.too_many_requests': fault(429, 'Too many requests. Please wait {seconds} seconds.'),

  'outgoing.busy': fault(
    429,
    'The server waits for too many answers of other servers already. Please try again in a moment.',
  ),

  // the socket
  'api.web_socket_router.bad_seq.app_error': fault(400, 'The sequence number of the request is missing.'),
  'api.web_socket_router.bad_action.app_error': fault(400, 'There is no such action.'),
  'api.web_socket_router.no_action.app_error': fault(400, 'The request names no action.'),
  'api.web_socket_router.not_authenticated.app_error': fault(401, 'The connection is not signed in.'),

  // settings
  'settings.unknown': fault(400, 'There is no setting {name}.'),
  'settings.wrong_value': fault(400, 'The setting {name} cannot take this value. It takes: {reason}.'),
  'settings.below_path': fault(
    400,
    'The setting {name} takes no path after the host: Plausch needs a host name of its own, such as https://chat.example.org.',
  ),
  'settings.fixed': fault(403, 'The setting {name} is fixed by the environment of the server.'),

  // users and signing in
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
  'directory.secret_needed': fault(
    400,
    'The server, its port or its security changes: please enter the password of the service account again. The stored one goes only to the server for which it was entered.',
  ),
  'directory.nothing_held': fault(400, 'The brake holds nothing back.'),
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

  // teams
  'teams.not_found': fault(404, 'There is no such team.'),
  'teams.name': fault(
    400,
    'The address of a team has 2 to 64 lower-case letters, digits or hyphens, begins and ends without a hyphen, and is not reserved.',
  ),
  'app.team.save.existing.app_error': fault(400, 'There is already a team with this address.'),
  'teams.full': fault(400, 'The team has reached its limit of {max} members.'),
  'teams.member_not_found': fault(404, 'This person is not in the team.'),
  'teams.primary': fault(400, 'Nobody can leave the team that everybody belongs to.'),
  'teams.unproven': fault(
    403,
    'Only people whose e-mail address is confirmed may join this team. Please confirm yours, or ask an administrator to add you.',
  ),
  'teams.archived': fault(400, 'The team is archived.'),

  // channels
  'channels.not_found': fault(404, 'There is no such channel.'),
  'channels.name': fault(
    400,
    'The address of a channel has 1 to 64 lower-case letters, digits, hyphens or underscores.',
  ),
  'store.sql_channel.save_channel.exists.app_error': fault(
    400,
    'There is already a channel with this address in the team.',
  ),
  'channels.limit': fault(400, 'The team has reached its limit of {max} channels.'),
  'channels.member_not_found': fault(404, 'This person is not in the channel.'),
  'channels.not_in_team': fault(400, 'To be in a channel one must be in its team.'),
  'channels.default': fault(400, 'Everybody belongs to {name}: it cannot be left, archived or made private.'),
  'channels.no_conversation': fault(400, 'This is for conversations between persons.'),
  'channels.direct': fault(400, 'This cannot be done in a conversation between persons.'),
  'channels.archived': fault(400, 'The channel is archived.'),
  'channels.group_size': fault(400, 'A group conversation has 3 to 8 persons.'),
  'channels.direct_team_only': fault(403, 'On this server you can write only to people of your teams.'),
  'categories.not_found': fault(404, 'There is no such category.'),
  'categories.fixed': fault(400, 'This category cannot be deleted or renamed.'),
  'categories.channels': fault(400, 'A category can hold only your own channels of this team.'),

  // pictures
  'pictures.none': fault(400, 'The request brings no picture.'),
  'pictures.unreadable': fault(400, 'This is not a picture that can be read: use PNG, JPEG, GIF or WebP.'),
  'pictures.absent': fault(404, 'There is no picture.'),

  // files
  'files.not_found': fault(404, 'There is no such file.'),
  'files.disabled': fault(501, 'Files are switched off on this server.'),
  'files.too_large': fault(413, 'The file is larger than {max} bytes.'),
  'files.image_too_large': fault(400, 'The image has more than {max} pixels.'),
  'files.channel_first': fault(
    400,
    'Where files have more than {max} bytes together, the form must name their channel before them.',
  ),
  'files.none': fault(400, 'The request brings no file.'),
  'files.no_preview': fault(404, 'There is no smaller picture of this file.'),
  'files.no_links': fault(403, 'Public links are switched off on this server.'),
  'files.no_post': fault(400, 'The file is not part of a message yet.'),
  'files.not_yours': fault(
    400,
    'A message can have only your own files of this channel that are not part of another message.',
  ),

  // emoji
  'emoji.off': fault(501, 'Custom emoji are switched off on this server.'),
  'emoji.not_found': fault(404, 'There is no such custom emoji.'),
  'emoji.name': fault(
    400,
    'The name of an emoji has 1 to 64 letters without accents, digits, plus signs, hyphens or underscores, and is not that of an emoji that everybody has.',
  ),
  'emoji.name_taken': fault(400, 'There is already an emoji of this name.'),
  'emoji.too_large': fault(413, 'The picture of an emoji can have {max} bytes at the most.'),
  'emoji.too_many_pixels': fault(
    400,
    'The picture of an emoji can be {max} pixels wide and high at the most.',
  ),
  'emoji.unreadable': fault(400, 'This is not a picture that can be read: use PNG, JPEG or GIF.'),

  'uploads.not_found': fault(404, 'There is no such upload.'),
  'uploads.type': fault(400, 'Only attachments can be uploaded in pieces.'),
  'api.upload.upload_data.invalid_content_length': fault(
    400,
    'The request brings more bytes than the upload still needs. Ask how far it is, and go on there.',
  ),
  'uploads.busy': fault(
    409,
    'Another piece of this upload came at the same time. Ask how far it is, and go on there.',
  ),
  'uploads.limit': fault(
    400,
    'You have {max} uploads that are not finished. Finish them, or wait for a day.',
  ),

  // bookmarks
  'bookmarks.off': fault(501, 'Bookmarks are switched off on this server.'),
  'bookmarks.not_found': fault(404, 'There is no such bookmark.'),
  'bookmarks.limit': fault(400, 'A channel can have {max} bookmarks at the most.'),
  'bookmarks.link': fault(400, 'A link begins with http:// or https:// and has no user name in it.'),
  'bookmarks.link_only': fault(400, 'A bookmark of a link needs the link, and has no file.'),
  'bookmarks.file_only': fault(400, 'A bookmark of a file needs the file, and has neither link nor picture.'),
  'bookmarks.place': fault(400, 'The place must be one of those of the channel, counted from 0.'),

  'previews.no_image': fault(404, 'There is no picture at this address that can be shown.'),

  // posts
  'posts.not_found': fault(404, 'There is no such message.'),
  'posts.too_long': fault(400, 'The message is longer than {max} characters.'),
  'posts.empty': fault(400, 'The message is empty.'),
  'posts.type': fault(400, 'A message of this kind cannot be written by a person.'),
  'posts.props_too_large': fault(400, 'The properties of the message are larger than {max} characters.'),
  'posts.edit_time': fault(400, 'The time in which a message can be edited is over.'),
  'search.off': fault(501, 'The search is switched off on this server.'),
  'search.files_off': fault(501, 'The search for files is switched off on this server.'),
  'attributes.off': fault(501, 'Attributes of people are switched off on this server.'),
  'attributes.not_found': fault(404, 'There is no such attribute.'),
  'attributes.name_taken': fault(400, 'There is already an attribute of this name.'),
  'attributes.limit': fault(400, 'There can be {max} attributes at the most.'),
  'attributes.options': fault(400, 'A choice needs options with names that differ.'),
  'attributes.value': fault(400, 'The attribute {name} cannot take this value.'),
  'groups.off': fault(501, 'Groups are switched off on this server.'),
  'groups.not_found': fault(404, 'There is no such group.'),
  'groups.archived': fault(400, 'This group is archived.'),
  'groups.name': fault(
    400,
    'A group name has up to 64 letters, digits, dots, dashes or underscores, and is not one that mentions everybody.',
  ),
  'groups.name_taken': fault(400, 'There is already somebody, or a group, of this name.'),
  'threads.not_followed': fault(404, 'You do not follow this thread.'),
  'posts.version_not_found': fault(404, 'The message has no such earlier version.'),
  'posts.permanent_off': fault(501, 'Deleting permanently is switched off on this server.'),
  'posts.priority_off': fault(403, 'Messages have no priority on this server.'),
  'posts.priority_root': fault(400, 'Only messages that answer no other one can have a priority.'),
  'posts.persistent_off': fault(403, 'Persistent notifications are not allowed here.'),
  'posts.persistent_urgent': fault(400, 'Only urgent messages can have persistent notifications.'),
  'posts.persistent_recipients': fault(
    400,
    'A message with persistent notifications names between one and {max} persons of the channel, and not everybody.',
  ),
  'posts.slow_down': fault(429, 'This channel takes no more messages at this moment. Please wait a second.'),
  'api.post.create_post.root_id.app_error': fault(
    400,
    'The message that this one answers does not exist in this channel.',
  ),

  // reactions and acknowledgements
  'reactions.unknown_emoji': fault(404, 'There is no emoji with the name {name}.'),
  'reactions.limit': fault(
    400,
    'There are {max} different reactions to this message, and no more are allowed.',
  ),
  'acknowledgements.deadline': fault(403, 'The five minutes in which this can be taken back are over.'),

  // commands
  'api.command.execute_command.not_found.app_error': fault(404, 'There is no command /{trigger}.'),

  'oauth.app_not_found': fault(404, 'There is no such application.'),
  'push.off': fault(501, 'Push notifications are switched off on this server.'),

  // buttons and dialogs of integrations
  'interactions.not_found': fault(404, 'The message has no such button.'),
  'api.post.do_action.action_integration.app_error': fault(
    400,
    'The integration behind this did not answer as it should.',
  ),
  'interactions.trigger': fault(400, 'The trigger of the dialog is not valid, or no longer.'),
  'interactions.busy': fault(429, 'You are waiting for {max} answers of integrations already.'),

  // reminders, drafts and scheduled posts
  'reminders.past': fault(400, 'The time of the reminder must be in the future.'),
  'drafts.off': fault(501, 'Drafts are not kept on this server.'),
  'scheduled.off': fault(501, 'Messages cannot be scheduled on this server.'),
  'scheduled.not_found': fault(404, 'There is no such scheduled message.'),
  'scheduled.past': fault(400, 'The time to send the message at must be in the future.'),
  'scheduled.sending': fault(400, 'The message is being sent at this moment.'),
  'scheduled.limit': fault(400, 'No more than {max} messages can be scheduled at a time.'),
} as const satisfies Record<string, { status: number; text: string }>

export type FaultCode = keyof typeof faults

type Holes<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never

/** The values that the text of a fault needs. Most faults need none. */
export type FaultParams<C extends FaultCode> = [Holes<(typeof faults)[C]['text']>] extends [never]
  ? undefined
  : Record<Holes<(typeof faults)[C]['text']>, string | number>
