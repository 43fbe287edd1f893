import { type Feature, messagePart } from '../../../platform/feature.ts'
import { Previews } from './Previews.tsx'
import { hasPreview } from './shown.ts'

export const previews: Feature = { name: 'previews', messageParts: [messagePart(hasPreview, Previews)] }
