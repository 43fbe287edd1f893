import type { Feature } from '../../core/feature.ts'
import { actions } from './actions.ts'
import routes from './routes.ts'

export const posts: Feature = { name: 'posts', routes, actions }
