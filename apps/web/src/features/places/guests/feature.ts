import type { Feature } from '../../../platform/feature.ts'

/** How long guests stay. */
export const guests: Feature = { name: 'guests', rest: () => import('./rest.ts') }
