import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { writingParts } from '../posts/writing/index.ts'
import listeners from './events.ts'
import { answering } from './writing.ts'

export const absence: Feature = {
  name: 'absence',
  listeners,
  extensions: [extend(writingParts, answering)],
}
