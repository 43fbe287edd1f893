import type { Feature } from '../../../platform/feature.ts'

export const administration: Feature = { name: 'console', rest: () => import('./rest.ts') }
