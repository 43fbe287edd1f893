import type { Feature } from '../../../platform/feature.ts'
import { presenceActions } from './actions.ts'

export const presence: Feature = { name: 'presence', actions: presenceActions }
