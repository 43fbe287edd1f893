/**
 * Where in the web client a person does each operation of tier B, or why nowhere. A word in square brackets
 * is the key of a text: the page shows the text itself, so a renamed button cannot leave an old name here.
 */

/**
 * `done`: what to press. `nowhere`: why no person misses it. `missing`: people would expect it, and the web
 * client does not have it.
 */
export type Place = { done: string } | { nowhere: string } | { missing: string }

const done = (words: string): Place => ({ done: words })
const nowhere = (reason: string): Place => ({ nowhere: reason })

const forPrograms = nowhere('For programs; people do not ask for it.')
const inStartBundle = nowhere('The client has it from the start bundle and the events of the socket.')
const byPatch = (other: string): Place => nowhere(`The client sends only what has changed, by \`${other}\`.`)
const byHead = nowhere('For programs that want the headers without the bytes.')

const channelMenu = 'menu of a channel'
const settingsOf = (section: string): string => `[settings.title], [${section}]`
const onMessage = 'menu of a message'

const places: Record<string, Place> = {
  'interactions.lookUpOptions': done('A dialog of an integration: typing in a field that offers choices'),
  'interactions.openDialog': nowhere(
    'Integrations call it after a person has pressed their button; the client shows the dialog.',
  ),
  'interactions.submitDialog': done('A dialog of an integration: its button to send'),
  'interactions.press': done('A message of an integration: its buttons and menus'),

  'bookmarks.list': done('Opening a channel: the bar [bookmark.bar] below its name'),
  'bookmarks.create': done(`[bookmark.add]: ${channelMenu}, or the plus in the bar [bookmark.bar]`),
  'bookmarks.remove': done('Bar [bookmark.bar], menu of a bookmark, [bookmark.delete]'),
  'bookmarks.patch': done('Bar [bookmark.bar], menu of a bookmark, [bookmark.edit]'),
  'bookmarks.sort': done(
    'Bar [bookmark.bar], menu of a bookmark, [bookmark.moveLeft] and [bookmark.moveRight]',
  ),
  'brand.image': done('The sign-in page, if the organisation has a picture'),

  'channels.create': done('Plus beside the channels, [channel.create]'),
  'channels.createGroup': done('Plus beside the direct messages: [conversation.new] with several people'),
  'channels.searchGroups': nowhere(
    '`Ctrl+K` finds group conversations by their people in what the start bundle has brought.',
  ),
  'channels.archive': done(`${channelMenu}, [channel.archive]`),
  'channels.update': byPatch('channels.patch'),
  'channels.commonTeams': done(`${channelMenu} of a group conversation, [channel.fromGroup]`),
  'channels.convertGroup': done(
    `${channelMenu} of a group conversation, [channel.fromGroup], [channel.fromGroupSubmit]`,
  ),
  'groups.countInChannel': done(
    'The eye beside the name of a channel: [readers.groups]; also before a message that mentions a group',
  ),
  'members.list': done('Opening a conversation of several people, which shows who is in it'),
  'members.add': done(`[channel.join], and ${channelMenu}, [channel.members], [members.add]`),
  'members.listByIds': nowhere('The client loads members page by page, and knows its own memberships.'),
  'members.remove': done(
    `${channelMenu}, [channel.leave]; or [channel.members], menu of a person, [members.remove]`,
  ),
  'members.setNotifyProps': done(`${channelMenu}, [channel.mute] or [notices.ofChannel]`),
  'members.setRoles': nowhere('The client changes the same roles by `members.setSchemeRoles`.'),
  'members.setSchemeRoles': done(
    `${channelMenu}, [channel.members], menu of a person, [members.makeAdmin] or [members.removeAdmin]`,
  ),
  'channels.patch': done(`${channelMenu}, [channel.settings], [channel.about]`),
  'posts.listPinned': done(`${channelMenu}, [marked.pinned]`),
  'channels.setPrivacy': done(`${channelMenu}, [channel.makePrivate]`),
  'channels.restore': done(
    `[channel.browse], [browse.archived], [browse.restore]; or ${channelMenu}, [channel.restore]`,
  ),
  'members.timezones': nowhere(
    'The question before @all says how many people hear of it, not where they are.',
  ),
  'channels.remotes': nowhere('No channel is shared with another server.'),
  'channels.listPublic': done('[channel.browse]'),
  'channels.autocomplete': done('Writing `~` in a message'),
  'channels.listArchived': done('[channel.browse], [browse.archived]'),
  'channels.listPublicByIds': forPrograms,
  'channels.listPrivate': nowhere(
    'For administration; [channel.browse] shows the own private channels under [browse.mine].',
  ),
  'channels.search': done('`Ctrl+K`: [switcher.joinable]'),
  'channels.autocompleteForSearch': nowhere(
    'The search offers, after `in:`, the channels that the start bundle has brought.',
  ),
  'unreads.ofChannel': inStartBundle,
  'categories.create': done('Menu of a category beside its name, [category.create]'),
  'categories.updateAll': nowhere('The client sends the changed category by `categories.update`.'),
  'categories.getOrder': inStartBundle,
  'categories.setOrder': done(
    'Menu of a category, [category.moveUp] and [category.moveDown]; or dragging its name',
  ),
  'categories.remove': done('Menu of a category, [category.remove]'),
  'categories.get': inStartBundle,
  'categories.update': done(
    'Menu of a category, [category.rename], [category.mute] and its order; menu of a channel, [category.move]',
  ),

  'commands.list': nowhere('`commands.autocomplete` brings the same commands with their hints.'),
  'commands.execute': done('Sending a message that begins with `/`'),
  'commands.autocomplete': done('Writing `/` in a message'),
  'commands.suggestions': done('Writing `/`, a command and a space in a message'),

  'attributes.listFields': done(`Profile of a person, and ${settingsOf('people.profile')}`),
  'attributes.patchOwn': done(`${settingsOf('people.profile')}: the rows that the administrators have added`),
  'attributes.list': done('Name of a person: their profile'),

  'drafts.save': done('Writing a message without sending it'),
  'drafts.remove': nowhere('The client empties a draft by `drafts.save`, and the server then removes it.'),
  'drafts.removeOfThread': nowhere(
    'The client empties a draft by `drafts.save`, and the server then removes it.',
  ),
  'drafts.list': done('[drafts.line] in the list of channels'),

  'emoji.list': done('[emoji.picker]: the group [emoji.group.custom]'),
  'emoji.create': done('[emoji.picker], [emoji.add] at its foot; or `Ctrl+K`, [emoji.add]'),
  'emoji.autocomplete': nowhere('The client searches in the list that it has loaded.'),
  'emoji.getByName': nowhere('The client asks for several at once, by `emoji.listByNames`.'),
  'emoji.listByNames': done('Reading a message with an emoji of our own'),
  'emoji.search': nowhere('The client searches in the list that it has loaded.'),
  'emoji.remove': done('Menu with your name, [emoji.all]: the bin beside an emoji'),
  'emoji.get': nowhere('The client asks for several at once, by `emoji.listByNames`.'),
  'emoji.image': done('Reading a message with an emoji of our own'),

  'files.upload': done('Paper clip beside a message, dropping or pasting a file'),
  'search.files': done('`Ctrl+Shift+F`, [search.files]'),
  'files.get': done('A file in a message: opening it or [files.download]'),
  'files.head': byHead,
  'files.info': done('Opening a draft or a bookmark with a file'),
  'files.link': done('A file in the viewer, [files.copyPublicLink], if the organisation allows it'),
  'files.preview': done('Reading a message with a picture'),
  'files.headPreview': byHead,
  'files.getPublic': nowhere('For people without an account, who have the link.'),
  'files.headPublic': byHead,
  'files.thumbnail': done('Pictures below a message that is being written, and in lists of files'),
  'files.headThumbnail': byHead,
  'search.filesInTeam': done(
    `${channelMenu}, [files.inChannel]; or \`Ctrl+Shift+F\` with \`in:\`, [search.files]`,
  ),

  'syncables.groupsOfChannel': done('[channel.settings], [groupLinks.tab]'),
  'groups.list': done('[groups.title]; profile of a person, [groups.ofPerson]'),
  'groups.create': done('[groups.title], [groups.create]'),
  'groups.listByNames': nowhere('The client has the whole list of groups, by `groups.list`.'),
  'groups.archive': done('[groups.title], a group, [groups.archive]'),
  'groups.get': done('[directory.title], [directory.groups], a group'),
  'groups.removeMembers': done('[groups.title], a group, the cross beside a person'),
  'groups.listMembers': done('[groups.title], a group'),
  'groups.addMembers': done('[groups.title], a group, [groups.add]'),
  'groups.patch': done('[groups.title], a group: its two names'),
  'groups.restore': done('[groups.title], [groups.archived], [groups.restore]'),
  'groups.stats': nowhere('`groups.list` says how many people each group has.'),
  'syncables.groupsOfTeam': done('[team.settings], [team.access], [groupLinks.title]'),
  'syncables.groupsByChannels': done('[team.settings], [team.access], [groupLinks.title]: ending a link'),
  'groups.listOfUser': done('[groups.title]: [groups.mine]'),

  'oauth.appInfo': nowhere('No application can ask for access: this server is no OAuth provider.'),
  'oauth.listAuthorized': nowhere('Nobody can authorise an application: this server is no OAuth provider.'),

  'ephemeral.create': nowhere('Integrations and commands write messages that only one person sees.'),
  'posts.listByIds': done('Reading a message that quotes another one; also [threads.title]'),
  'search.posts': done('`Ctrl+Shift+F`; also [search.mentions]'),
  'search.postsInTeam': done('`Ctrl+Shift+F` with `in:`, which names a channel of the team'),
  'posts.update': byPatch('posts.patch'),
  'posts.history': done(`${onMessage} of your own that was edited, [post.history]`),
  'posts.restoreVersion': done(`${onMessage} of your own that was edited, [post.history], [history.restore]`),
  'posts.files': nowhere('A message brings what is known of its files along.'),
  'posts.info': nowhere('The client reads the message itself, and the channel of the message.'),
  'posts.pin': done(`${onMessage}, [post.pin]`),
  'posts.unpin': done(`${onMessage}, [post.unpin]`),
  'posts.listSaved': done('[marked.saved]'),
  'acknowledgements.save': done('A message that asks for it: [acknowledgements.do]'),
  'acknowledgements.remove': done('A message that you have confirmed: [acknowledgements.done]'),
  'reminders.save': done(`${onMessage}, [reminders.set]`),
  'unreads.markUnread': done(`${onMessage}, [post.markUnread]`),

  'preferences.remove': done(`${onMessage} that you have saved, [post.unsave]`),
  'preferences.listCategory': inStartBundle,
  'preferences.get': inStartBundle,
  'reactions.save': done(`[reactions.add]: ${onMessage}; or a reaction of others below the message`),
  'reactions.remove': done('Your own reaction below a message'),
  'reactions.listOfPosts': nowhere('A message brings its reactions along.'),
  'reactions.list': nowhere('A message brings its reactions along.'),
  'roles.getByName': nowhere('The client asks for several at once, by `roles.listByNames`.'),
  'roles.get': nowhere('The client asks for several at once, by `roles.listByNames`.'),

  'scheduled.create': done('Arrow beside [composer.send], [scheduled.later]'),
  'scheduled.list': done('[drafts.line], [scheduled.title]'),
  'scheduled.remove': done('[drafts.line], [scheduled.title], [scheduled.remove]'),
  'scheduled.update': done('[drafts.line], [scheduled.title], [scheduled.edit] or [scheduled.reschedule]'),

  'terms.latest': done('After the sign-in, if the organisation has terms: [terms.title]'),
  'terms.confirm': done('[terms.title], [terms.accept] or [terms.refuse]'),
  'terms.ofUser': nowhere('The account itself says which terms it has accepted.'),

  'presence.set': done('[user.menu]: the status'),
  'presence.setCustom': done('[user.menu], [presence.set]'),
  'presence.clearCustom': done('[user.menu], [presence.clear]'),
  'presence.removeRecent': nowhere(
    'Proxies drop the body of a DELETE; the client does the same by `presence.removeRecentByPost`.',
  ),
  'presence.removeRecentByPost': done('[user.menu], [presence.set], [presence.recent]: the cross'),

  'previews.image': done('Reading a message with a picture from elsewhere'),
  'system.log': nowhere('The client writes its faults to the console of the browser only.'),
  'notices.acknowledgePush': nowhere('Phones call it when they have got a notification.'),
  'notices.sendTest': done(`${settingsOf('notices.title')}, [notices.test]`),
  'system.redirectLocation': nowhere('The server itself follows links for their previews.'),
  'system.busy': nowhere('For administration.'),
  'notices.list': nowhere('The server has no notices of a maker.'),
  'notices.markViewed': nowhere('The server has no notices of a maker.'),
  'system.timezones': nowhere('The client tells the server the time zone of the browser.'),

  'teams.create': done('[team.menu], [team.create]'),
  'teams.inviteInfo': done('Opening an invite link: [signUp.titleTeam]'),
  'teams.joinByInvite': done('Opening an invite link while signed in'),
  'teams.exists': nowhere('The server refuses a team whose address is taken, and the form says so.'),
  'teams.search': done('[team.open], [team.search]'),
  'teams.archive': done('[team.menu], [team.archive]'),
  'teams.update': byPatch('teams.patch'),
  'teams.removeIcon': done('[team.settings], [team.about], [team.pictureRemove]'),
  'teams.icon': done('[team.rail]: the pictures of the teams'),
  'teams.setIcon': done('[team.settings], [team.about], [team.picture]'),
  'invitations.createForGuests': done('[team.invite], [invite.byMail], [invite.guests]'),
  'invitations.create': done('[team.invite], [invite.byMail]'),
  'teams.listMembers': nowhere('[team.members] loads the people themselves, by `users.list`.'),
  'teams.addMember': done('[team.open], [team.join]'),
  'teams.addMembers': done('[channel.members], [members.add]: people who are not in the team yet'),
  'teams.listMembersByIds': done('[channel.members], [members.add]: who is not in the team yet'),
  'teams.removeMember': done('[team.menu], [team.leave]; or [team.members], [team.removeMember]'),
  'teams.getMember': inStartBundle,
  'teams.setMemberRoles': nowhere('The client changes the same roles by `teams.setMemberSchemeRoles`.'),
  'teams.setMemberSchemeRoles': done(
    '[team.members], menu of a person, [members.makeAdmin] or [members.removeAdmin]',
  ),
  'teams.patch': done('[team.settings], [team.about] and [team.access]'),
  'teams.setPrivacy': nowhere('[team.isOpen] in [team.access] does the same by `teams.patch`.'),
  'teams.regenerateInvite': done('[team.invite], [invite.byLink], [invite.renew]'),
  'teams.stats': done('The eye beside the name of a public channel: how many people can read it'),
  'unreads.ofTeam': inStartBundle,

  'uploads.create': done('Attaching a large file'),
  'uploads.send': done('Attaching a large file'),
  'uploads.get': done('Attaching a large file over a connection that breaks'),
  'uploads.listOfUser': nowhere('An upload goes on only in the page that began it, which knows it.'),

  'users.autocomplete': done('Writing `@` in a message'),
  'accounts.verify': done('Opening the link of a mail: [verify.title]'),
  'accounts.sendVerification': done('[verify.title], [verify.send]; or [signIn.sendAgain]'),
  'users.getByEmail': nowhere('Addresses are found where people are searched, by `users.search`.'),
  'users.known': nowhere('For programs that keep lists of people; the client asks for whom it shows.'),
  'accounts.desktopLogin': done('[desktop.title], which the desktop app opens'),
  'accounts.switchLogin': done(
    `${settingsOf('security.title')}: [sso.move], where there are sign-in services`,
  ),
  'accounts.loginType': nowhere('One form serves all ways to sign in by a password.'),
  'accounts.resetPassword': done('Opening the link of a mail: [reset.newTitle]'),
  'accounts.sendReset': done('[signIn.forgot]'),
  'users.search': done('[conversation.new], [members.add] and wherever people are searched'),
  'users.stats': nowhere('For administration.'),
  'users.deactivate': done(
    `${settingsOf('security.title')}, [security.deactivate], if the organisation allows it`,
  ),
  'users.update': byPatch('users.patch'),
  'profiles.removeImage': done(`${settingsOf('people.profile')}, [profile.removePicture]`),
  'profiles.setImage': done(`${settingsOf('people.profile')}, [profile.choosePicture]`),
  'profiles.defaultImage': nowhere('The server shows it by itself for people without a picture.'),
  'mfa.set': done(
    `${settingsOf('security.title')}, [security.factorAdd] or [security.factorRemove]; or after the sign-in, where the server demands a factor`,
  ),
  'mfa.generate': done(`${settingsOf('security.title')}, [security.factorAdd]`),
  'passwords.change': done(`${settingsOf('security.title')}, [security.changePassword]`),
  'sessions.list': done(`${settingsOf('security.title')}: [security.sessions]`),
  'sessions.revoke': done(`${settingsOf('security.title')}, [security.end] or [security.endOthers]`),
  'sessions.revokeAll': nowhere(
    '[security.endOthers] ends all but this one; [user.signOut] then ends this one.',
  ),
  'threads.readAll': done('[threads.title], [threads.readAll]'),
  'threads.get': done('Opening a thread'),
  'threads.follow': done(`${onMessage}, [thread.follow]`),
  'threads.unfollow': done(`${onMessage}, [thread.unfollow]`),
  'threads.read': done('Reading a thread'),
  'threads.markUnread': done(`${onMessage} in a thread, [post.markUnread]`),
  'typing.send': nowhere('The client tells it by the socket, with the action `user_typing`.'),
}

/** Operations without a route table: files and pages. */
const pages: Record<string, Place> = {
  'GET /robots.txt': nowhere('Search engines read it.'),
  'GET /static/plugins/{}': nowhere('The server has no plugins.'),
  'GET /unsupported_browser.js': nowhere('Official clients load it; this client says itself what it needs.'),
}

/** By the ids of the contract's operations; by method and path if the contract does not have the operation. */
export const webPlaces: Readonly<Record<string, Place>> = { ...places, ...pages }
