import type { Feature } from '../../../platform/feature.ts'

export const marked: Feature = {
  name: 'marked',
  rest: () => import('./rest.ts'),
}
