import type { Feature } from '../../../platform/feature.ts'

export const teams: Feature = { name: 'teams', rest: () => import('./rest.ts') }
