import type { Feature } from '../../../platform/feature.ts'

export const security: Feature = {
  name: 'security',
  rest: () => import('./rest.ts'),
}
