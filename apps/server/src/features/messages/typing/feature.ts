import type { Feature } from '../../../core/feature.ts'
import { actions } from './actions.ts'
import routes from './routes.ts'

export const typing: Feature = { name: 'typing', routes, actions }
