import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const groups: Feature = {
  name: 'groups',
  rest: () => import('./rest.ts'),
  profileParts: [later(async () => (await import('./PersonGroups.tsx')).PersonGroups)],
}
