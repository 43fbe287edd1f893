/**
 * THE RANKED LIST of the web client, with the floors of the server. A feature may import only features that
 * come earlier here; what it adds to others, it declares (`platform/feature.ts`). The architecture test reads
 * this file.
 */
import type { Feature } from '../platform/feature.ts'
import { threads } from './attention/threads/feature.ts'
import { help } from './entrance/help/feature.ts'
import { bookmarks } from './messages/bookmarks/feature.ts'
import { drafts } from './messages/drafts/feature.ts'
import { files } from './messages/files/feature.ts'
import { marked } from './messages/marked/feature.ts'
import { posts } from './messages/posts/feature.ts'
import { scheduled } from './messages/scheduled/feature.ts'
import { search } from './messages/search/feature.ts'
import { uploads } from './messages/uploads/feature.ts'
import { writing } from './messages/writing/feature.ts'
import { users } from './people/users/feature.ts'
import { categories } from './places/categories/feature.ts'
import { channels } from './places/channels/feature.ts'
import { members } from './places/members/feature.ts'
import { teams } from './places/teams/feature.ts'

export const floors = {
  people: [users],
  places: [teams, channels, members, categories],
  messages: [writing, files, uploads, posts, scheduled, drafts, marked, search, bookmarks],
  attention: [threads],
  integrations: [],
  entrance: [help],
}

export const features: readonly Feature[] = Object.values(floors).flat()
