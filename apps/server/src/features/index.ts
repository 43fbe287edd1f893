/**
 * THE RANKED LIST. A feature may import only those that stand earlier here; what it has to tell later ones is
 * a fact. The architecture test reads this file.
 */
import type { Feature } from '../core/feature.ts'
import { absence } from './absence/feature.ts'
import { accounts } from './accounts/feature.ts'
import { acknowledgements } from './acknowledgements/feature.ts'
import { attachments } from './attachments/feature.ts'
import { attributes } from './attributes/feature.ts'
import { audit } from './audit/feature.ts'
import { bookmarks } from './bookmarks/feature.ts'
import { brand } from './brand/feature.ts'
import { categories } from './categories/feature.ts'
import { channels } from './channels/feature.ts'
import { commands } from './commands/feature.ts'
import { drafts } from './drafts/feature.ts'
import { emoji } from './emoji/feature.ts'
import { ephemeral } from './ephemeral/feature.ts'
import { files } from './files/feature.ts'
import { groups } from './groups/feature.ts'
import { home } from './home/feature.ts'
import { interactions } from './interactions/feature.ts'
import { invitations } from './invitations/feature.ts'
import { members } from './members/feature.ts'
import { mfa } from './mfa/feature.ts'
import { notes } from './notes/feature.ts'
import { notices } from './notices/feature.ts'
import { oauth } from './oauth/feature.ts'
import { onboarding } from './onboarding/feature.ts'
import { outsiders } from './outsiders/feature.ts'
import { pictures } from './pictures/feature.ts'
import { posts } from './posts/feature.ts'
import { preferences } from './preferences/feature.ts'
import { presence } from './presence/feature.ts'
import { previews } from './previews/feature.ts'
import { profiles } from './profiles/feature.ts'
import { reactions } from './reactions/feature.ts'
import { reminders } from './reminders/feature.ts'
import { roles } from './roles/feature.ts'
import { scheduled } from './scheduled/feature.ts'
import { search } from './search/feature.ts'
import { sessions } from './sessions/feature.ts'
import { settings } from './settings/feature.ts'
import { storage } from './storage/feature.ts'
import { system } from './system/feature.ts'
import { teams } from './teams/feature.ts'
import { terms } from './terms/feature.ts'
import { threads } from './threads/feature.ts'
import { tokens } from './tokens/feature.ts'
import { typing } from './typing/feature.ts'
import { unreads } from './unreads/feature.ts'
import { uploads } from './uploads/feature.ts'
import { users } from './users/feature.ts'

export const features: readonly Feature[] = [
  settings,
  audit,
  system,
  roles,
  storage,
  pictures,
  brand,
  users,
  preferences,
  terms,
  mfa,
  sessions,
  tokens,
  oauth,
  accounts,
  presence,
  attributes,
  profiles,
  teams,
  channels,
  members,
  categories,
  groups,
  files,
  uploads,
  emoji,
  attachments,
  posts,
  typing,
  notes,
  ephemeral,
  outsiders,
  absence,
  unreads,
  threads,
  search,
  reactions,
  acknowledgements,
  reminders,
  drafts,
  scheduled,
  bookmarks,
  previews,
  notices,
  interactions,
  invitations,
  commands,
  onboarding,
  home,
]
