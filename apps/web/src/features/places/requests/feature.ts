import type { Feature } from '../../../platform/feature.ts'

export const requests: Feature = { name: 'requests', rest: () => import('./rest.ts') }
