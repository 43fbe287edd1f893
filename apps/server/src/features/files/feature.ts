import type { Feature } from '../../core/feature.ts'
import { readWaiting, stopReading } from './content.ts'
import routes from './routes.ts'

export const files: Feature = {
  name: 'files',
  routes,
  beforeClients: async (server) => readWaiting(server),
  stop: stopReading,
}
