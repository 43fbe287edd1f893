import type { Feature } from '../../../core/feature.ts'
import { listeners } from './listeners.ts'
import routes from './routes.ts'

export const categories: Feature = { name: 'categories', routes, listeners }
