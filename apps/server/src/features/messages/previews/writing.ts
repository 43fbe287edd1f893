/** Adds a job for each post with links to the statement that writes posts. */
import { wakeQueue } from '../../../core/own-effects.ts'
import type { Part } from '../posts/writing/index.ts'
import { mayHaveLink } from './links.ts'
import { LOOKING, queueSql } from './store.ts'

export const lookingAtWritten: Part = {
  name: 'previews',
  contribute: ({ server, rows }) =>
    server.settings().ServiceSettings.EnableLinkPreviews && rows.some(({ message }) => mayHaveLink(message))
      ? { sql: () => queueSql }
      : undefined,
  tell(context, { post }) {
    if (mayHaveLink(post.message)) context.effect(wakeQueue, { queue: LOOKING, in_ms: 0 })
  },
}
