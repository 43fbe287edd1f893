import type { Feature } from '../../core/feature.ts'
import { addFragment } from '../posts/index.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { countingPart } from './words.ts'

export const unreads: Feature = {
  name: 'unreads',
  routes,
  listeners,
  start(server) {
    addFragment(server, {
      part: (rows) => countingPart(rows, server.settings().TeamSettings.MaxNotificationsPerChannel),
    })
  },
}
