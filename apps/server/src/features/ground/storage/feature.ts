import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import { sweep, sweepAtStart } from './sweep.ts'

export const storage: Feature = {
  name: 'storage',
  listeners,
  beforeClients: async (server) => sweepAtStart(server),
  schedules: [{ name: 'storage.sweep', cron: '41 * * * *', run: sweep }],
}
