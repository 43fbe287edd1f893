import type { Feature } from '../../../core/feature.ts'
import { actions } from './actions.ts'
import { endCustom } from './custom.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import {
  connected,
  disconnected,
  dropActivity,
  forgetStatuses,
  forgetUnwanted,
  readStatus,
  sweep,
  turnOut,
} from './service.ts'
import { allOffline } from './store.ts'

export const presence: Feature = {
  name: 'presence',
  routes,
  listeners,
  effects: [dropActivity, readStatus, turnOut],
  resync: forgetStatuses,
  actions,
  start(server) {
    server.ports.connected = (userId) => connected(server, userId)
    server.ports.disconnected = (userId) => disconnected(server, userId)
  },
  beforeClients: async (server) => {
    await allOffline(server.db)
    forgetUnwanted(server)
  },
  schedules: [
    { name: 'presence.sweep', cron: '* * * * *', run: sweep },
    { name: 'presence.end_custom', cron: '* * * * *', run: endCustom },
  ],
}
