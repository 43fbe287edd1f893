import type { Feature } from '../../../core/feature.ts'
import { actions } from './actions.ts'
import listeners from './events.ts'
import routes from './routes.ts'

export const notices: Feature = { name: 'notices', routes, listeners, actions }
