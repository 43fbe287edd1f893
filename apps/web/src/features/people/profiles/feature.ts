import type { Feature } from '../../../platform/feature.ts'

export const profiles: Feature = {
  name: 'profiles',
  rest: () => import('./rest.ts'),
}
