import type { Feature } from '../../../platform/feature.ts'
import { postActions } from './actions.ts'

export const posts: Feature = { name: 'posts', actions: postActions }
