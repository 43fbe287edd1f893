import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { writingParts } from '../posts/writing/index.ts'
import { hinting } from './writing.ts'

export const outsiders: Feature = { name: 'outsiders', extensions: [extend(writingParts, hinting)] }
