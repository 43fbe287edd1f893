import type { Feature } from '../../../platform/feature.ts'

/** Text fields for messages: names are completed in them, and text is formatted. */
export const writing: Feature = { name: 'writing' }
