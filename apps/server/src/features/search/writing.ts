/** Queueing messages and their files for the index, in the statement that writes posts. */
import type { Part } from '../posts/index.ts'
import { wakeFileIndex } from './file-index.ts'
import { queueFilesSql } from './file-store.ts'
import { wakePostIndex } from './post-index.ts'
import { queueSql } from './store.ts'

export const indexing: Part = {
  name: 'search',
  // Most messages have no files, and leave their queue alone.
  contribute: ({ rows }) =>
    rows.some(({ file_ids }) => file_ids.length > 0)
      ? { sql: () => queueSql + queueFilesSql, variant: 'files' }
      : { sql: () => queueSql },
  tell(context, { post, found }) {
    context.effect(wakePostIndex, {})
    if (post.file_ids.length > 0 || found) context.effect(wakeFileIndex, {})
  },
}
