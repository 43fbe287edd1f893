import type { Feature } from '../../core/feature.ts'
import { addFragment } from '../posts/index.ts'
import { asItIs, isReached, reachedColumn, threadsSql } from './batch-store.ts'
import { listeners } from './listeners.ts'
import routes from './routes.ts'
import { tellFollowers } from './updates.ts'

export const threads: Feature = {
  name: 'threads',
  routes,
  listeners,
  effects: [tellFollowers],
  start(server) {
    addFragment(server, {
      part(rows) {
        const hasReplies = rows.some((row) => row.root_id !== '')
        return {
          values: hasReplies ? [server.settings().ServiceSettings.ThreadAutoFollow] : [],
          sql: (first) => threadsSql(first, hasReplies),
          ...(hasReplies && { column: reachedColumn, variant: 'replies' }),
        }
      },
      told(context, { reached, create_at }, found) {
        if (!isReached(reached) || !reached.is_last) return
        const update = found ? asItIs(reached, found.replies, create_at ?? 0) : reached
        context.effect(tellFollowers, update)
      },
    })
  },
}
