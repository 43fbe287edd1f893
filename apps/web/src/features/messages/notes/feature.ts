import type { Feature } from '../../../platform/feature.ts'

/** Notes of the system between the messages. */
export const notes: Feature = { name: 'notes' }
