import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const interactions: Feature = { name: 'interactions', routes }
