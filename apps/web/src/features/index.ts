/**
 * THE RANKED LIST of the web client, with the floors of the server. A feature may import only features that
 * come earlier here; what it adds to others, it declares (`platform/feature.ts`). The architecture test reads
 * this file.
 */
import type { Feature } from '../platform/feature.ts'
import { acknowledgements } from './attention/acknowledgements/feature.ts'
import { reminders } from './attention/reminders/feature.ts'
import { help } from './entrance/help/feature.ts'
import { interactions } from './integrations/interactions/feature.ts'
import { drafts } from './messages/drafts/feature.ts'
import { emoji } from './messages/emoji/feature.ts'
import { files } from './messages/files/feature.ts'
import { notes } from './messages/notes/feature.ts'
import { posts } from './messages/posts/feature.ts'
import { previews } from './messages/previews/feature.ts'
import { reactions } from './messages/reactions/feature.ts'
import { scheduled } from './messages/scheduled/feature.ts'
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
  messages: [emoji, reactions, notes, previews, writing, files, uploads, posts, scheduled, drafts],
  attention: [acknowledgements, reminders],
  integrations: [interactions],
  entrance: [help],
}

export const features: readonly Feature[] = Object.values(floors).flat()
