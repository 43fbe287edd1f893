import type { Feature } from '../../../platform/feature.ts'
import { followClock, showLook } from './look.ts'

export const preferences: Feature = {
  name: 'preferences',
  rest: () => import('./rest.ts'),
  background: [showLook, followClock],
}
