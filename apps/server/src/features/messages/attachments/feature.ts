import type { Feature } from '../../../core/feature.ts'

export const attachments: Feature = { name: 'attachments' }
