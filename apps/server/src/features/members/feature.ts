import type { Feature } from '../../core/feature.ts'
import { audienceOf } from '../channels/index.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { channelIdsOf } from './store.ts'

export const members: Feature = {
  name: 'members',
  routes,
  listeners,
  start(server) {
    server.ports.audiences.push(async (userId) => (await channelIdsOf(server.db, userId)).map(audienceOf))
  },
}
