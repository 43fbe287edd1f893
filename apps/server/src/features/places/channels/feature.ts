import type { Feature } from '../../../core/feature.ts'
import { checkChannelVisible } from './access.ts'
import listeners from './events.ts'
import { effects, forgetAll } from './places.ts'
import routes from './routes.ts'

export const channels: Feature = {
  name: 'channels',
  routes,
  listeners,
  effects,
  resync: forgetAll,
  constraints: { channels_name_key: 'store.sql_channel.save_channel.exists.app_error' },
  start(server) {
    server.ports.checkChannelVisible = checkChannelVisible
  },
}
