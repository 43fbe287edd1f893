import type { Feature } from '../../../platform/feature.ts'

/** Files on their way to the server. */
export const uploads: Feature = { name: 'uploads' }
