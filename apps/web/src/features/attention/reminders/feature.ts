import type { Feature } from '../../../platform/feature.ts'

export const reminders: Feature = {
  name: 'reminders',
  rest: () => import('./rest.ts'),
}
