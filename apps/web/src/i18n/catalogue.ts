/** The ids of all texts. A file of `en/` and `de/` has the texts of one noun; it is named here. */
import type accounts from './en/accounts.json'
import type acknowledgements from './en/acknowledgements.json'
import type administration from './en/administration.json'
import type bookmarks from './en/bookmarks.json'
import type categories from './en/categories.json'
import type channels from './en/channels.json'
import type consoleTexts from './en/console.json'
import type directory from './en/directory.json'
import type drafts from './en/drafts.json'
import type elements from './en/elements.json'
import type emoji from './en/emoji.json'
import type files from './en/files.json'
import type general from './en/general.json'
import type groups from './en/groups.json'
import type guests from './en/guests.json'
import type help from './en/help.json'
import type interactions from './en/interactions.json'
import type jobs from './en/jobs.json'
import type markdown from './en/markdown.json'
import type marked from './en/marked.json'
import type members from './en/members.json'
import type namespaces from './en/namespaces.json'
import type notes from './en/notes.json'
import type notices from './en/notices.json'
import type oidc from './en/oidc.json'
import type organisation from './en/organisation.json'
import type posts from './en/posts.json'
import type preferences from './en/preferences.json'
import type presence from './en/presence.json'
import type previews from './en/previews.json'
import type reactions from './en/reactions.json'
import type reminders from './en/reminders.json'
import type requests from './en/requests.json'
import type saml from './en/saml.json'
import type scheduled from './en/scheduled.json'
import type search from './en/search.json'
import type security from './en/security.json'
import type sessions from './en/sessions.json'
import type sso from './en/sso.json'
import type syncables from './en/syncables.json'
import type teams from './en/teams.json'
import type terms from './en/terms.json'
import type threads from './en/threads.json'
import type unreads from './en/unreads.json'
import type uploads from './en/uploads.json'
import type users from './en/users.json'
import type writing from './en/writing.json'

export type TextId =
  | keyof typeof accounts
  | keyof typeof acknowledgements
  | keyof typeof administration
  | keyof typeof bookmarks
  | keyof typeof categories
  | keyof typeof channels
  | keyof typeof consoleTexts
  | keyof typeof directory
  | keyof typeof drafts
  | keyof typeof elements
  | keyof typeof emoji
  | keyof typeof files
  | keyof typeof general
  | keyof typeof groups
  | keyof typeof guests
  | keyof typeof help
  | keyof typeof interactions
  | keyof typeof jobs
  | keyof typeof markdown
  | keyof typeof marked
  | keyof typeof members
  | keyof typeof namespaces
  | keyof typeof notes
  | keyof typeof notices
  | keyof typeof oidc
  | keyof typeof organisation
  | keyof typeof posts
  | keyof typeof preferences
  | keyof typeof presence
  | keyof typeof previews
  | keyof typeof reactions
  | keyof typeof reminders
  | keyof typeof requests
  | keyof typeof saml
  | keyof typeof scheduled
  | keyof typeof search
  | keyof typeof security
  | keyof typeof sessions
  | keyof typeof sso
  | keyof typeof syncables
  | keyof typeof teams
  | keyof typeof terms
  | keyof typeof threads
  | keyof typeof unreads
  | keyof typeof uploads
  | keyof typeof users
  | keyof typeof writing
