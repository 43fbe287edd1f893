/** Queueing posts with links, in the statement that writes posts. */
import type { Part } from '../posts/index.ts'
import { mayHaveLink } from './links.ts'
import { wakePreviewer } from './previewer.ts'
import { queueSql } from './store.ts'

export const looking: Part = {
  name: 'previews',
  contribute: ({ server, rows }) =>
    server.settings().ServiceSettings.EnableLinkPreviews && rows.some(({ message }) => mayHaveLink(message))
      ? { sql: () => queueSql }
      : undefined,
  tell(context, { post }) {
    if (mayHaveLink(post.message)) context.effect(wakePreviewer, {})
  },
}
