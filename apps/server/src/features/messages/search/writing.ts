/** Queues new posts for the index by `posts.written`, and their files by separate jobs. */
import { wakeQueue } from '../../../core/own-effects.ts'
import type { Part } from '../posts/writing/index.ts'
import { FILES, POSTS, queueFilesSql } from './waiting-store.ts'

export const indexing: Part = {
  name: 'search',
  hears: { queue: POSTS, wants: ({ type }) => !type.startsWith('system_') },
  contribute: ({ rows }) =>
    rows.some(({ file_ids }) => file_ids.length > 0) ? { sql: () => queueFilesSql } : undefined,
  tell(context, { post, found }) {
    if (post.file_ids.length > 0 || found) context.effect(wakeQueue, { queue: FILES, in_ms: 0 })
  },
}
