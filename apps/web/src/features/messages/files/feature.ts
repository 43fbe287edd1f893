import type { Feature } from '../../../platform/feature.ts'

export const files: Feature = { name: 'files' }
