import type { Feature } from '../../core/feature.ts'
import { readWaiting, stopReading, wakeReader } from './content.ts'
import routes from './routes.ts'
import { sweepUnused } from './sweep.ts'

export const files: Feature = {
  name: 'files',
  routes,
  effects: [wakeReader],
  beforeClients: async (server) => readWaiting(server),
  stop: stopReading,
  schedules: (server) => [{ name: 'files.sweep', cron: '23 * * * *', run: () => sweepUnused(server) }],
}
