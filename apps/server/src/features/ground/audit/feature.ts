import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import routes from './routes.ts'

export const audit: Feature = { name: 'audit', routes, listeners }
