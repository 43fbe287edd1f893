import type { Feature } from '../../../platform/feature.ts'

export const posts: Feature = { name: 'posts', rest: () => import('./rest.ts') }
