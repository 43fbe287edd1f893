import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'

export const notes: Feature = { name: 'notes', listeners }
