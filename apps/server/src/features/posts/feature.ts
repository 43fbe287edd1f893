import type { Feature } from '../../core/feature.ts'
import routes from './routes.ts'

export const posts: Feature = { name: 'posts', routes }
