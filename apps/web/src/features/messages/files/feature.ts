import { type Feature, messagePart } from '../../../platform/feature.ts'
import { MessageFiles } from './MessageFiles.tsx'

/** Files of messages: how they look there, the viewer, and the list of a channel's files. */
export const files: Feature = {
  name: 'files',
  rest: () => import('./rest.ts'),
  messageParts: [messagePart(({ metadata }) => metadata.files !== undefined, MessageFiles)],
}
