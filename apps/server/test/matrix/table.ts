/**
 * Who may do what: the truth that the permission matrix is tested against. For every operation its cases, and for each case who succeeds. A
 * case says what the operation is about: one's `own` or `others` things, a `closed` or an `open` team, a `private`, `public`, `direct` or `group`
 * channel; `own private` is one's own part of a private channel. Changing this table is changing what people may do: nothing else may.
 */

/**
 * Eight kinds of people. `stranger` has an account and no team; `elsewhere` is in another team; `member` is in the team, but not in the
 * channel; `inside` is in both; `teamAdmin` administers the team and is not in the channel; `root` administers the server and is in neither.
 */
export const actors = [
  'anonymous',
  'deactivated',
  'stranger',
  'elsewhere',
  'member',
  'inside',
  'teamAdmin',
  'root',
] as const
export type Actor = (typeof actors)[number]

export type Kase =
  | 'any'
  | 'own'
  | 'others'
  | 'closed'
  | 'open'
  | 'own open'
  | 'own closed'
  | 'private'
  | 'public'
  | 'direct'
  | 'group'
  | 'own private'
  | 'own public'
  | 'own direct'
  | 'invited'
  | 'uninvited'

export type Cases = Partial<Record<Kase, readonly Actor[]>>

const nobody: readonly Actor[] = []
const everyone = actors
const signedIn: readonly Actor[] = ['stranger', 'elsewhere', 'member', 'inside', 'teamAdmin', 'root']
const admins: readonly Actor[] = ['root']
const inTeam: readonly Actor[] = ['member', 'inside', 'teamAdmin', 'root']
const teamAdmins: readonly Actor[] = ['teamAdmin', 'root']
const inChannel: readonly Actor[] = ['inside', 'root']

const own: Cases = { own: signedIn, others: nobody }
const ownOrAdmin: Cases = { own: signedIn, others: admins }
const ownInTeam: Cases = { own: inTeam, others: nobody }
const reading: Cases = { private: inChannel, public: inTeam, direct: nobody }
const insideOfTeam: Cases = { closed: inTeam, open: admins }
const managingTeam: Cases = { closed: teamAdmins, open: admins }

/** Threads are followed by members of their channel only, and what somebody follows is theirs alone. */
const followed: Cases = {
  'own private': ['inside'],
  'own public': ['inside'],
  'own direct': nobody,
  private: nobody,
  public: nobody,
  direct: nobody,
}

export const table: Record<string, Cases> = {
  'settings.client': { any: everyone },
  'settings.get': { any: admins },
  'settings.patch': { any: admins },
  'settings.replace': { any: admins },
  'settings.reload': { any: admins },
  'settings.environment': { any: admins },

  'audit.list': { any: admins },
  'audit.listOfUser': ownOrAdmin,

  'system.ping': { any: everyone },
  'system.license': { any: everyone },
  'system.limits': { any: signedIn },
  'system.timezones': { any: signedIn },
  'system.plugins': { any: everyone },

  'roles.list': { any: admins },
  'roles.get': { any: signedIn },
  'roles.getByName': { any: signedIn },
  'roles.patch': { any: admins },
  'roles.listByNames': { any: signedIn },

  'users.stats': { any: signedIn },
  'users.get': { own: signedIn, others: signedIn },
  'users.getByUsername': { any: signedIn },
  'users.getByEmail': { any: signedIn },
  'users.list': {
    any: signedIn,
    closed: inTeam,
    open: admins,
    private: inChannel,
    public: inTeam,
    direct: nobody,
  },
  'users.listByIds': { any: signedIn },
  'users.listByUsernames': { any: signedIn },
  'users.search': {
    any: signedIn,
    closed: inTeam,
    open: admins,
    private: inChannel,
    public: inTeam,
    direct: nobody,
  },
  'users.autocomplete': {
    any: signedIn,
    closed: inTeam,
    open: admins,
    private: inChannel,
    public: inTeam,
    direct: nobody,
  },
  'users.known': { any: signedIn },
  'users.update': ownOrAdmin,
  'users.patch': ownOrAdmin,
  'users.deactivate': { others: admins },
  'users.setRoles': { others: admins },
  'users.setActive': { others: admins },

  'preferences.list': ownOrAdmin,
  'preferences.listCategory': ownOrAdmin,
  'preferences.get': ownOrAdmin,
  'preferences.save': ownOrAdmin,
  'preferences.remove': ownOrAdmin,

  'terms.latest': { any: signedIn },
  'terms.create': { any: admins },
  'terms.ofUser': own,
  'terms.confirm': own,

  'mfa.generate': own,
  'mfa.set': ownOrAdmin,

  'sessions.login': { any: everyone },
  'sessions.logout': { any: everyone },
  'sessions.list': ownOrAdmin,
  'sessions.revoke': ownOrAdmin,
  'sessions.revokeAll': ownOrAdmin,
  'sessions.attachDevice': { any: signedIn },
  'sessions.changePassword': ownOrAdmin,

  'tokens.create': { own: admins, others: admins },
  'tokens.list': { own: admins, others: admins },
  'tokens.revoke': { own: admins, others: admins },

  'accounts.verify': { any: everyone },
  'accounts.resetPassword': { any: everyone },
  'accounts.desktopLogin': { any: everyone },
  'accounts.sendVerification': { any: everyone },
  'accounts.sendReset': { any: everyone },
  'accounts.verifyMember': { others: admins },
  'accounts.loginType': { any: everyone },
  // Refused to everybody as long as there is one way to sign in.
  'accounts.switchLogin': {},
  'profiles.image': { own: signedIn, others: signedIn },
  'profiles.defaultImage': { own: signedIn, others: signedIn },
  'profiles.setImage': ownOrAdmin,
  'profiles.removeImage': ownOrAdmin,

  'brand.image': { any: everyone },
  'brand.setImage': { any: admins },
  'brand.removeImage': { any: admins },

  'presence.get': { own: signedIn, others: signedIn },
  'presence.listByIds': { any: signedIn },
  'presence.set': ownOrAdmin,
  'presence.setCustom': ownOrAdmin,
  'presence.clearCustom': ownOrAdmin,
  'presence.removeRecent': ownOrAdmin,
  'presence.removeRecentByPost': ownOrAdmin,

  'teams.create': { any: admins },
  'teams.list': { any: signedIn },
  'teams.get': { closed: inTeam, open: signedIn },
  'teams.getByName': { closed: inTeam, open: signedIn },
  'teams.exists': { any: admins },
  'teams.inviteInfo': { any: everyone },
  'teams.patch': managingTeam,
  'teams.update': managingTeam,
  'teams.search': { any: signedIn },
  'teams.setPrivacy': managingTeam,
  'teams.regenerateInvite': managingTeam,
  'teams.listOfUser': ownOrAdmin,
  'teams.membersOfUser': ownOrAdmin,
  'teams.listMembers': insideOfTeam,
  'teams.listMembersByIds': insideOfTeam,
  'teams.getMember': insideOfTeam,
  'teams.addMember': { closed: inTeam, open: admins, 'own open': signedIn, 'own closed': admins },
  'teams.addMembers': { closed: inTeam, open: admins, 'own open': signedIn, 'own closed': admins },
  'teams.joinByInvite': { any: signedIn },
  'teams.removeMember': { own: signedIn, closed: teamAdmins, open: admins },
  'teams.setMemberRoles': managingTeam,
  'teams.setMemberSchemeRoles': managingTeam,
  'teams.stats': insideOfTeam,
  'teams.archive': managingTeam,
  'teams.restore': managingTeam,
  'teams.icon': { closed: inTeam, open: signedIn },
  'teams.setIcon': managingTeam,
  'teams.removeIcon': managingTeam,

  'channels.create': { private: inTeam, public: inTeam },
  'channels.createDirect': ownOrAdmin,
  'channels.createGroup': { any: signedIn },
  'channels.get': reading,
  'channels.getByName': { private: inChannel, public: inTeam, direct: nobody },
  'channels.getByTeamName': { private: inChannel, public: inTeam, direct: nobody },
  'channels.listPublic': insideOfTeam,
  'channels.search': insideOfTeam,
  'channels.autocomplete': insideOfTeam,
  'channels.autocompleteForSearch': insideOfTeam,
  'channels.listArchived': insideOfTeam,
  'channels.listPrivate': { closed: admins, open: admins },
  'channels.listPublicByIds': insideOfTeam,
  'channels.searchGroups': { any: signedIn },
  'channels.commonTeams': { direct: nobody, group: ['inside'] },
  'channels.remotes': reading,
  'channels.listOfUser': own,
  'channels.listOfUserInTeam': ownInTeam,
  'channels.patch': { private: inChannel, public: inChannel, direct: nobody },
  'channels.update': { private: inChannel, public: inChannel, direct: nobody },
  // Whoever turns a conversation into a channel is one of its people.
  'channels.convertGroup': { group: ['inside'] },
  'channels.move': { private: admins, public: admins, direct: nobody },
  'channels.setPrivacy': { private: admins, public: teamAdmins, direct: nobody },
  'channels.archive': { private: inChannel, public: inChannel, direct: nobody },
  'channels.restore': { private: admins, public: teamAdmins, direct: nobody },
  'channels.stats': reading,

  'members.list': reading,
  'members.get': reading,
  'members.listByIds': reading,
  'members.add': {
    private: inChannel,
    public: ['inside', 'teamAdmin', 'root'],
    direct: nobody,
    // Not in the team, so not in its channels: that holds for administrators, too.
    'own public': ['member', 'inside', 'teamAdmin'],
    'own private': ['inside'],
  },
  'members.remove': { private: inChannel, public: ['inside', 'teamAdmin', 'root'], direct: nobody },
  'members.setRoles': { private: admins, public: teamAdmins, direct: nobody },
  'members.setSchemeRoles': { private: admins, public: teamAdmins, direct: nobody },
  'members.timezones': reading,
  'members.setNotifyProps': {
    'own private': ['inside'],
    'own public': ['inside'],
    private: nobody,
    public: nobody,
  },
  'members.listOfUserInTeam': ownInTeam,
  'members.listOfUser': own,
  'members.listGroupProfiles': { any: signedIn },

  'categories.list': ownInTeam,
  'categories.create': ownInTeam,
  'categories.updateAll': ownInTeam,
  'categories.getOrder': ownInTeam,
  'categories.setOrder': ownInTeam,
  'categories.get': ownInTeam,
  'categories.update': ownInTeam,
  'categories.remove': ownInTeam,

  'files.upload': { private: inChannel, public: ['inside', 'root'], direct: nobody },
  'files.get': reading,
  'files.head': reading,
  'files.thumbnail': reading,
  'files.headThumbnail': reading,
  'files.preview': reading,
  'files.headPreview': reading,
  'files.info': reading,
  'files.link': { private: inChannel, public: ['inside', 'root'], direct: nobody },
  'files.getPublic': { any: everyone },
  'files.headPublic': { any: everyone },

  'uploads.create': { private: inChannel, public: ['inside', 'root'], direct: nobody },
  'uploads.get': { 'own public': ['inside', 'root'], public: nobody },
  'uploads.send': { 'own public': ['inside', 'root'], public: nobody },
  'uploads.listOfUser': own,

  // As in v4, the role of a team's administrator holds `create_post` for all channels that they see.
  'posts.create': { private: inChannel, public: ['inside', 'teamAdmin', 'root'], direct: nobody },
  'posts.get': reading,
  'posts.listByIds': { any: signedIn },
  'posts.patch': { private: admins, public: admins, direct: nobody, own: inChannel },
  'posts.update': { private: admins, public: admins, direct: nobody, own: inChannel },
  'posts.remove': { private: admins, public: teamAdmins, direct: nobody, own: inChannel },
  'posts.listInChannel': reading,
  'posts.typing': {
    'own private': ['inside'],
    'own public': ['inside'],
    'own direct': nobody,
    others: nobody,
  },
  'posts.thread': reading,
  'posts.listPinned': reading,
  'posts.listSaved': own,
  'posts.pin': { private: inChannel, public: inChannel, direct: nobody },
  'posts.unpin': { private: inChannel, public: inChannel, direct: nobody },
  'posts.info': reading,
  'posts.history': { private: nobody, public: nobody, direct: nobody, own: ['inside'] },
  'posts.restoreVersion': { private: nobody, public: nobody, direct: nobody, own: ['inside'] },
  'reactions.save': {
    private: inChannel,
    public: ['inside', 'teamAdmin', 'root'],
    direct: nobody,
    others: nobody,
  },
  'reactions.list': reading,
  'reactions.listOfPosts': { any: signedIn },
  'reactions.remove': {
    'own private': inChannel,
    'own public': ['inside', 'teamAdmin', 'root'],
    private: admins,
    public: admins,
  },
  'acknowledgements.save': { 'own private': ['inside'], 'own public': ['inside'], others: nobody },
  'acknowledgements.remove': { 'own private': ['inside'], 'own public': ['inside'], others: nobody },
  'reminders.save': { 'own private': inChannel, 'own public': inTeam, others: nobody },
  'drafts.save': { private: inChannel, public: ['inside', 'teamAdmin', 'root'], direct: nobody },
  'drafts.list': ownInTeam,
  'drafts.remove': { 'own private': ['inside'], others: nobody },
  'drafts.removeOfThread': { 'own private': ['inside'], others: nobody },
  'scheduled.create': { private: inChannel, public: ['inside', 'teamAdmin', 'root'], direct: nobody },
  'scheduled.update': { own: ['inside'], others: nobody },
  'scheduled.remove': { own: ['inside'], others: nobody },
  'scheduled.list': insideOfTeam,
  'posts.createEphemeral': { private: admins, public: admins, direct: nobody },
  'posts.files': reading,

  'unreads.ofTeams': own,
  'unreads.ofTeam': { own: ['member', 'inside', 'teamAdmin'], others: nobody },
  'unreads.ofChannel': {
    'own private': ['inside'],
    'own public': ['inside'],
    'own direct': nobody,
    others: nobody,
  },
  'unreads.view': own,
  'unreads.markRead': own,
  'unreads.markUnread': {
    'own private': ['inside'],
    'own public': ['inside'],
    'own direct': nobody,
    others: nobody,
  },
  'unreads.postsAround': {
    'own private': inChannel,
    'own public': inTeam,
    'own direct': nobody,
    others: nobody,
  },

  'groups.list': { any: signedIn },
  'groups.create': { any: signedIn },
  'groups.listByNames': { any: signedIn },
  'groups.get': { any: signedIn },
  'groups.patch': { any: signedIn },
  'groups.archive': { any: signedIn },
  'groups.restore': { any: signedIn },
  'groups.stats': { any: signedIn },
  'groups.listMembers': { any: signedIn },
  'groups.addMembers': { any: signedIn },
  'groups.removeMembers': { any: signedIn },
  'groups.listOfUser': ownOrAdmin,
  'groups.listOfChannel': reading,
  'groups.listOfTeam': insideOfTeam,
  'groups.listOfTeamByChannels': insideOfTeam,
  'groups.countInChannel': reading,

  'search.posts': { any: signedIn },
  'search.postsInTeam': insideOfTeam,

  'attributes.listFields': { any: signedIn },
  'attributes.createField': { any: admins },
  'attributes.patchField': { any: admins },
  'attributes.removeField': { any: admins },
  'attributes.group': { any: signedIn },
  'attributes.list': { own: signedIn, others: signedIn },
  'attributes.patchOwn': { any: signedIn },
  'attributes.patchOfUser': ownOrAdmin,

  'threads.list': ownInTeam,
  'threads.readAll': ownInTeam,
  'threads.get': followed,
  'threads.follow': followed,
  'threads.unfollow': {
    'own private': inChannel,
    'own public': inTeam,
    'own direct': nobody,
    private: nobody,
    public: nobody,
    direct: nobody,
  },
  'threads.read': followed,
  'threads.markUnread': followed,

  'commands.list': insideOfTeam,
  // What a command does has guards of its own; this one says something, which takes only reading.
  'commands.execute': { private: inChannel, public: inTeam, direct: nobody },
  'commands.autocomplete': insideOfTeam,
  'commands.suggestions': insideOfTeam,

  'onboarding.signUp': { invited: everyone, uninvited: admins },
  // There is a team already.
  'onboarding.firstTeam': { any: nobody },

  'home.get': { any: signedIn },
}
