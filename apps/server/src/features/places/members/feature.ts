import { batchingLists } from '../../../core/batching.ts'
import type { Feature } from '../../../core/feature.ts'
import { audienceOf } from '../channels/index.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { channelIdsOf } from './store.ts'

export const members: Feature = {
  name: 'members',
  routes,
  listeners,
  start(server) {
    const find = batchingLists('user_id', (userIds) => channelIdsOf(server.db, userIds))
    server.ports.audiences.push(async (userId) =>
      (await find(userId)).map(({ channel_id }) => audienceOf(channel_id)),
    )
  },
}
