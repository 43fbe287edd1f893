/**
 * THE RANKED LIST. A feature may import only features that come earlier here; it tells later ones by facts.
 * Its folder lies in that of its floor; the README of a floor says what lives there. The architecture test
 * reads this file.
 */
import type { Feature } from '../core/feature.ts'
import { acknowledgements } from './attention/acknowledgements/feature.ts'
import { notices } from './attention/notices/feature.ts'
import { reminders } from './attention/reminders/feature.ts'
import { threads } from './attention/threads/feature.ts'
import { unreads } from './attention/unreads/feature.ts'
import { directory } from './entrance/directory/feature.ts'
import { home } from './entrance/home/feature.ts'
import { namespaces } from './entrance/namespaces/feature.ts'
import { oidc } from './entrance/oidc/feature.ts'
import { onboarding } from './entrance/onboarding/feature.ts'
import { saml } from './entrance/saml/feature.ts'
import { sso } from './entrance/sso/feature.ts'
import { audit } from './ground/audit/feature.ts'
import { brand } from './ground/brand/feature.ts'
import { jobs } from './ground/jobs/feature.ts'
import { pictures } from './ground/pictures/feature.ts'
import { roles } from './ground/roles/feature.ts'
import { settings } from './ground/settings/feature.ts'
import { storage } from './ground/storage/feature.ts'
import { system } from './ground/system/feature.ts'
import { commands } from './integrations/commands/feature.ts'
import { interactions } from './integrations/interactions/feature.ts'
import { oauth } from './integrations/oauth/feature.ts'
import { absence } from './messages/absence/feature.ts'
import { attachments } from './messages/attachments/feature.ts'
import { bookmarks } from './messages/bookmarks/feature.ts'
import { drafts } from './messages/drafts/feature.ts'
import { emoji } from './messages/emoji/feature.ts'
import { ephemeral } from './messages/ephemeral/feature.ts'
import { files } from './messages/files/feature.ts'
import { notes } from './messages/notes/feature.ts'
import { outsiders } from './messages/outsiders/feature.ts'
import { posts } from './messages/posts/feature.ts'
import { previews } from './messages/previews/feature.ts'
import { reactions } from './messages/reactions/feature.ts'
import { scheduled } from './messages/scheduled/feature.ts'
import { search } from './messages/search/feature.ts'
import { typing } from './messages/typing/feature.ts'
import { uploads } from './messages/uploads/feature.ts'
import { accounts } from './people/accounts/feature.ts'
import { attributes } from './people/attributes/feature.ts'
import { mfa } from './people/mfa/feature.ts'
import { passwords } from './people/passwords/feature.ts'
import { preferences } from './people/preferences/feature.ts'
import { presence } from './people/presence/feature.ts'
import { profiles } from './people/profiles/feature.ts'
import { sessions } from './people/sessions/feature.ts'
import { terms } from './people/terms/feature.ts'
import { tokens } from './people/tokens/feature.ts'
import { users } from './people/users/feature.ts'
import { categories } from './places/categories/feature.ts'
import { channels } from './places/channels/feature.ts'
import { groups } from './places/groups/feature.ts'
import { guests } from './places/guests/feature.ts'
import { invitations } from './places/invitations/feature.ts'
import { members } from './places/members/feature.ts'
import { requests } from './places/requests/feature.ts'
import { syncables } from './places/syncables/feature.ts'
import { teams } from './places/teams/feature.ts'

export const floors = {
  ground: [settings, audit, system, roles, jobs, storage, pictures, brand],
  people: [
    users,
    preferences,
    terms,
    mfa,
    sessions,
    passwords,
    tokens,
    accounts,
    presence,
    attributes,
    profiles,
  ],
  places: [teams, channels, members, categories, groups, syncables, guests, invitations, requests],
  messages: [
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
    search,
    reactions,
    drafts,
    scheduled,
    bookmarks,
    previews,
  ],
  attention: [unreads, threads, acknowledgements, reminders, notices],
  integrations: [oauth, interactions, commands],
  entrance: [onboarding, directory, namespaces, sso, oidc, saml, home],
} satisfies Record<string, readonly Feature[]>

export const features: readonly Feature[] = Object.values(floors).flat()
