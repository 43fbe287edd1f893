import type { Feature } from '../../core/feature.ts'
import { addFragment } from '../posts/index.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { countingSql } from './store.ts'
import { countingValues } from './words.ts'

export const unreads: Feature = {
  name: 'unreads',
  routes,
  listeners,
  start(server) {
    addFragment(server, {
      part: (rows) => ({
        values: countingValues(rows, server.settings().TeamSettings.MaxNotificationsPerChannel),
        sql: countingSql,
        column: '(select array_agg(distinct h.user_id::text) from hits h where h.n = j.n) as mentions',
      }),
    })
  },
}
