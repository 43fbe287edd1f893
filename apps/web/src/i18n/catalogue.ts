/** The ids of all texts. A file of `en/` and `de/` has the texts of one noun; it is named here. */
import type accounts from './en/accounts.json'
import type categories from './en/categories.json'
import type channels from './en/channels.json'
import type elements from './en/elements.json'
import type general from './en/general.json'
import type groups from './en/groups.json'
import type members from './en/members.json'
import type notices from './en/notices.json'
import type posts from './en/posts.json'
import type preferences from './en/preferences.json'
import type presence from './en/presence.json'
import type security from './en/security.json'
import type sessions from './en/sessions.json'
import type teams from './en/teams.json'
import type unreads from './en/unreads.json'
import type users from './en/users.json'

export type TextId =
  | keyof typeof accounts
  | keyof typeof categories
  | keyof typeof channels
  | keyof typeof elements
  | keyof typeof general
  | keyof typeof members
  | keyof typeof posts
  | keyof typeof presence
  | keyof typeof preferences
  | keyof typeof notices
  | keyof typeof groups
  | keyof typeof security
  | keyof typeof sessions
  | keyof typeof teams
  | keyof typeof unreads
  | keyof typeof users
