import type { Feature } from '../../../platform/feature.ts'

export const drafts: Feature = { name: 'drafts' }
