import type { Feature } from '../../../core/feature.ts'
import { refusals } from './refusals.ts'
import routes from './routes.ts'

export const system: Feature = { name: 'system', routes, refusals }
