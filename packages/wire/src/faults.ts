/**
 * Every fault that the server can answer with. A code is the `id` of v4's error body: Mattermost's id where
 * its clients compare it, our own (`noun.problem`) elsewhere. The text here is English; faults-de.ts has the
 * German one, and a test keeps both complete.
 */
import { entranceFaults } from './entrance/faults.ts'
import { fault } from './fault.ts'
import { peopleFaults } from './people/faults.ts'

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
  ...peopleFaults,
  ...entranceFaults,

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

  // teams on request
  'requests.off': fault(403, 'Teams cannot be requested on this server.'),
  'requests.not_found': fault(404, 'There is no such request.'),
  'requests.guest': fault(403, 'Guests cannot request teams.'),
  'requests.purpose': fault(400, 'Say what the team is for.'),
  'requests.reason': fault(400, 'Give a reason.'),
  'requests.owner': fault(400, 'An owner of a team is an active account of a person, and no guest.'),
  'requests.no_owner': fault(
    400,
    'None of the owners is active any more. Refuse the request with a word about it.',
  ),
  'requests.too_many': fault(
    400,
    'You have {max} requests that are still open. Wait for a decision, or withdraw one.',
  ),
  'requests.too_often': fault(429, 'You can make {max} requests an hour at the most.'),
  'requests.moved': fault(409, 'Somebody has already dealt with this request. Look at it once more.'),
  'requests.directory_away': fault(
    503,
    'The organisation’s directory does not answer at the moment, so the leader of the group is not known. Please try again in a minute.',
  ),
  'requests.no_review': fault(404, 'Nobody has asked about this team, or it has been answered.'),
  'requests.owned': fault(400, 'This team has an active owner.'),

  // guests
  'guests.not_found': fault(404, 'There is no such guest.'),
  'guests.past': fault(400, 'The last day of a guest must be in the future.'),

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
  // These codes are v4's, and clients test them.
  'api.ldap_groups.existing_reserved_name_error': fault(400, 'This name mentions everybody.'),
  'api.ldap_groups.existing_user_name_error': fault(400, 'There is already somebody of this name.'),
  'api.ldap_groups.existing_group_name_error': fault(400, 'There is already a group of this name.'),
  'api.ldap_group.not_found': fault(404, 'There is no such group in the directory.'),
  'app.group.no_rows': fault(404, 'This group is not linked.'),
  'app.group.crud_permission': fault(400, 'Only the directory decides this for its groups.'),
  'groups.of_directory': fault(501, 'A group of the directory is brought back by linking it again.'),

  // groups linked to teams and channels
  'app.group.group_syncable_already_deleted': fault(400, 'The group is not linked there any more.'),
  group_not_associated_to_synced_team: fault(
    400,
    'Groups decide who is in the team: link the group to the team first.',
  ),
  'syncables.conversation': fault(400, 'Groups are linked to channels of teams, not to conversations.'),
  'api.team.add_members.user_denied': fault(
    400,
    'Groups of the directory decide who is in this team, and these people are in none of them.',
  ),
  'api.channel.add_members.user_denied': fault(
    400,
    'Groups of the directory decide who is in this channel, and these people are in none of them.',
  ),
  'api.team.remove_member.group_constrained.app_error': fault(
    400,
    'Groups of the directory decide who is in this team.',
  ),
  'api.channel.remove_member.group_constrained.app_error': fault(
    400,
    'Groups of the directory decide who is in this channel.',
  ),
  'app.team.invite_id.group_constrained.error': fault(
    403,
    'Groups of the directory decide who is in this team: there are no invitations to it.',
  ),
  'app.team.invite_token.group_constrained.error': fault(
    403,
    'Groups of the directory decide who is in this team: there are no invitations to it.',
  ),
  'api.user.add_user_to_group_syncables.not_ldap_user.app_error': fault(
    400,
    'This account does not belong to the directory.',
  ),
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
