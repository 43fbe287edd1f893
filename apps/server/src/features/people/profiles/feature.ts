import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const profiles: Feature = { name: 'profiles', routes }
