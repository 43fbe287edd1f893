/** Jobs that index messages and their files, in the statement that writes posts. */
import { wakeQueue } from '../../core/own-effects.ts'
import type { Part } from '../posts/index.ts'
import { FILES, POSTS, queueFilesSql, queueSql } from './waiting-store.ts'

export const indexing: Part = {
  name: 'search',
  // Most messages have no files, and leave their queue alone.
  contribute: ({ rows }) =>
    rows.some(({ file_ids }) => file_ids.length > 0)
      ? { sql: () => queueSql + queueFilesSql, variant: 'files' }
      : { sql: () => queueSql },
  tell(context, { post, found }) {
    context.effect(wakeQueue, { queue: POSTS, in_ms: 0 })
    if (post.file_ids.length > 0 || found) context.effect(wakeQueue, { queue: FILES, in_ms: 0 })
  },
}
