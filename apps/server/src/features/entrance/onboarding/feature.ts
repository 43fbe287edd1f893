import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { endFirstCode } from './service.ts'

export const onboarding: Feature = { name: 'onboarding', routes, listeners, effects: [endFirstCode] }
