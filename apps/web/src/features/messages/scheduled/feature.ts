import type { Feature } from '../../../platform/feature.ts'

/** Messages that the server sends later. */
export const scheduled: Feature = { name: 'scheduled' }
