/** Updates threads and adds followers in the statement that writes posts. */
import type { Part } from '../../messages/posts/writing/index.ts'
import { hits } from '../unreads/index.ts'
import { tellFollowers } from './updates.ts'
import { asItIs, type Reached, reachedColumn, rememberSql, repliesSql } from './writing-store.ts'

export const following: Part<Reached> = {
  name: 'threads',
  contribute({ server, rows, has }) {
    const hasReplies = rows.some(({ root_id }) => root_id !== '')
    const remember = has(hits) ? rememberSql : ''
    if (!hasReplies) return has(hits) ? { sql: () => remember, variant: 'named' } : undefined
    return {
      values: [server.settings().ServiceSettings.ThreadAutoFollow],
      sql: (first) => remember + repliesSql(`$${first}`, has(hits)),
      column: reachedColumn,
      variant: has(hits) ? 'named replies' : 'replies',
    }
  },
  concerned: ({ followers }) => ({ followers: followers.map(({ user_id }) => user_id) }),
  tell(context, { post, found }, reached) {
    if (!reached?.is_last) return
    const update = found ? asItIs(reached, found.replies, post.create_at) : reached
    context.effect(tellFollowers, update)
  },
}
