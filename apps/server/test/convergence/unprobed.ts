/** Operations without a probe, with the reason. */

const endsSessions = 'ends sessions: whoever is signed in sees nothing of it but the end'
const tellsNobody = 'tells nobody: who did it has the answer'
const before = 'is for people who have no client open yet'

export const unprobed: Record<string, string> = {
  'accounts.desktopLogin': before,
  'accounts.resetPassword': endsSessions,
  'accounts.sendReset': 'sends a letter',
  'accounts.sendVerification': 'sends a letter',
  'accounts.verify': 'does what verifyMember does, with a token from a letter',
  'brand.removeImage': 'is shown to people who have no client open yet',
  'brand.setImage': 'is shown to people who have no client open yet',
  'emoji.remove': 'tells of the reactions that go with it, and as in v4 not of the emoji itself (marks.ts)',
  'files.upload': 'tells nobody: others see a file with its message',
  'interactions.lookUpOptions': tellsNobody,
  'interactions.press': 'an integration answers with what posts.update and ephemeral.create do',
  'interactions.submitDialog': tellsNobody,
  'invitations.create': 'sends letters',
  'invitations.createForGuests': 'sends letters',
  'invitations.removeAll': tellsNobody,
  'onboarding.firstTeam': 'is for a server without teams; does what teams.create does',
  'sessions.attachDevice': tellsNobody,
  'passwords.change': 'ends the other sessions, and tells nobody',
  'sessions.logout': endsSessions,
  'sessions.resetAttempts': tellsNobody,
  'sessions.revoke': endsSessions,
  'sessions.revokeAll': endsSessions,
  'settings.reload': 'does what settings.patch does where another process changed them',
  'tokens.create': tellsNobody,
  'tokens.revoke': endsSessions,
  'uploads.create': tellsNobody,
  'uploads.send': 'tells nobody: others see a file with its message',
}
