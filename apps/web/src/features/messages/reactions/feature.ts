import type { Feature } from '../../../platform/feature.ts'

/** The row of a message shows the reactions itself, below everything else. */
export const reactions: Feature = { name: 'reactions', rest: () => import('./rest.ts') }
