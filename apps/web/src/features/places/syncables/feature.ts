import type { Feature } from '../../../platform/feature.ts'

/** Its parts stand in the settings of teams and channels, and in the console. */
export const syncables: Feature = { name: 'syncables' }
