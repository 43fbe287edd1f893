import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const home: Feature = { name: 'home', routes }
