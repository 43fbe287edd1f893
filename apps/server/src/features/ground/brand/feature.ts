import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const brand: Feature = { name: 'brand', routes }
