/** What each operation needs in addition to its path and the smallest valid body, by noun. */
import type { Preparations } from '../draft.ts'
import { accountsPreparations } from './accounts.ts'
import { attributesPreparations } from './attributes.ts'
import { bookmarksPreparations } from './bookmarks.ts'
import { categoriesPreparations } from './categories.ts'
import { channelsPreparations } from './channels.ts'
import { commandsPreparations } from './commands.ts'
import { directoryPreparations } from './directory.ts'
import { draftsPreparations } from './drafts.ts'
import { emojiPreparations } from './emoji.ts'
import { filesPreparations } from './files.ts'
import { groupsPreparations } from './groups.ts'
import { guestsPreparations } from './guests.ts'
import { interactionsPreparations } from './interactions.ts'
import { invitationsPreparations } from './invitations.ts'
import { membersPreparations } from './members.ts'
import { mfaPreparations } from './mfa.ts'
import { noticesPreparations } from './notices.ts'
import { onboardingPreparations } from './onboarding.ts'
import { picturesPreparations } from './pictures.ts'
import { postsPreparations } from './posts.ts'
import { preferencesPreparations } from './preferences.ts'
import { presencePreparations } from './presence.ts'
import { previewsPreparations } from './previews.ts'
import { reactionsPreparations } from './reactions.ts'
import { remindersPreparations } from './reminders.ts'
import { requestsPreparations } from './requests.ts'
import { samlPreparations } from './saml.ts'
import { scheduledPreparations } from './scheduled.ts'
import { sessionsPreparations } from './sessions.ts'
import { settingsPreparations } from './settings.ts'
import { ssoPreparations } from './sso.ts'
import { syncablesPreparations } from './syncables.ts'
import { systemPreparations } from './system.ts'
import { teamsPreparations } from './teams.ts'
import { termsPreparations } from './terms.ts'
import { threadsPreparations } from './threads.ts'
import { tokensPreparations } from './tokens.ts'
import { unreadsPreparations } from './unreads.ts'
import { uploadsPreparations } from './uploads.ts'
import { usersPreparations } from './users.ts'

export const preparations: Preparations = {
  ...attributesPreparations,
  ...accountsPreparations,
  ...bookmarksPreparations,
  ...categoriesPreparations,
  ...channelsPreparations,
  ...commandsPreparations,
  ...groupsPreparations,
  ...guestsPreparations,
  ...directoryPreparations,
  ...syncablesPreparations,
  ...draftsPreparations,
  ...emojiPreparations,
  ...filesPreparations,
  ...interactionsPreparations,
  ...invitationsPreparations,
  ...membersPreparations,
  ...mfaPreparations,
  ...noticesPreparations,
  ...onboardingPreparations,
  ...picturesPreparations,
  ...postsPreparations,
  ...preferencesPreparations,
  ...presencePreparations,
  ...previewsPreparations,
  ...reactionsPreparations,
  ...remindersPreparations,
  ...requestsPreparations,
  ...samlPreparations,
  ...scheduledPreparations,
  ...sessionsPreparations,
  ...settingsPreparations,
  ...ssoPreparations,
  ...systemPreparations,
  ...teamsPreparations,
  ...threadsPreparations,
  ...termsPreparations,
  ...tokensPreparations,
  ...unreadsPreparations,
  ...uploadsPreparations,
  ...usersPreparations,
}
