import type { Feature } from '../../../platform/feature.ts'

export const presence: Feature = { name: 'presence', rest: () => import('./rest.ts') }
