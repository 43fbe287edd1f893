import type { Feature } from '../../../core/feature.ts'
import listeners, { settling } from './events.ts'
import routes from './routes.ts'

export const syncables: Feature = { name: 'syncables', routes, listeners, queues: [settling] }
