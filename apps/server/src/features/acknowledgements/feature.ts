import type { Feature } from '../../core/feature.ts'
import { addFragment } from '../posts/index.ts'
import listeners from './events.ts'
import { callAgain } from './insisting.ts'
import { insistingSql } from './insisting-store.ts'
import routes from './routes.ts'

export const acknowledgements: Feature = {
  name: 'acknowledgements',
  routes,
  listeners,
  start(server) {
    addFragment(server, {
      part(rows) {
        const insisting = rows.flatMap((row, index) =>
          row.priority?.persistent_notifications ? [index + 1] : [],
        )
        const most = server.settings().ServiceSettings.PersistentNotificationMaxRecipients
        const isConcerned = insisting.length > 0 || rows.some((row) => row.root_id !== '')
        return isConcerned
          ? { values: [insisting, most], sql: insistingSql, variant: 'insisting' }
          : { values: [], sql: () => '' }
      },
    })
  },
  schedules: (server) => [{ name: 'acknowledgements.call', cron: '* * * * *', run: () => callAgain(server) }],
}
