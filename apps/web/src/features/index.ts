/**
 * THE RANKED LIST of the web client, with the floors of the server. A feature may import only features that
 * come earlier here; what it adds to others, it declares (`platform/feature.ts`). The architecture test reads
 * this file.
 */
import type { Feature } from '../platform/feature.ts'
import { acknowledgements } from './attention/acknowledgements/feature.ts'
import { notices } from './attention/notices/feature.ts'
import { reminders } from './attention/reminders/feature.ts'
import { threads } from './attention/threads/feature.ts'
import { administration } from './entrance/console/feature.ts'
import { help } from './entrance/help/feature.ts'
import { interactions } from './integrations/interactions/feature.ts'
import { bookmarks } from './messages/bookmarks/feature.ts'
import { drafts } from './messages/drafts/feature.ts'
import { emoji } from './messages/emoji/feature.ts'
import { files } from './messages/files/feature.ts'
import { marked } from './messages/marked/feature.ts'
import { notes } from './messages/notes/feature.ts'
import { posts } from './messages/posts/feature.ts'
import { previews } from './messages/previews/feature.ts'
import { reactions } from './messages/reactions/feature.ts'
import { scheduled } from './messages/scheduled/feature.ts'
import { search } from './messages/search/feature.ts'
import { uploads } from './messages/uploads/feature.ts'
import { writing } from './messages/writing/feature.ts'
import { preferences } from './people/preferences/feature.ts'
import { presence } from './people/presence/feature.ts'
import { profiles } from './people/profiles/feature.ts'
import { security } from './people/security/feature.ts'
import { users } from './people/users/feature.ts'
import { categories } from './places/categories/feature.ts'
import { channels } from './places/channels/feature.ts'
import { groups } from './places/groups/feature.ts'
import { guests } from './places/guests/feature.ts'
import { members } from './places/members/feature.ts'
import { requests } from './places/requests/feature.ts'
import { syncables } from './places/syncables/feature.ts'
import { teams } from './places/teams/feature.ts'

export const floors = {
  people: [users, presence, preferences, profiles, security],
  places: [guests, syncables, teams, channels, members, groups, categories, requests],
  messages: [
    emoji,
    writing,
    files,
    uploads,
    reactions,
    notes,
    previews,
    posts,
    scheduled,
    drafts,
    marked,
    search,
    bookmarks,
  ],
  attention: [threads, acknowledgements, reminders, notices],
  integrations: [interactions],
  entrance: [help, administration],
}

export const features: readonly Feature[] = Object.values(floors).flat()
