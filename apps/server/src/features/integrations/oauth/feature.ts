import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const oauth: Feature = { name: 'oauth', routes }
