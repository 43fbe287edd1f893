import type { Feature } from '../../../platform/feature.ts'
import { ArchivedBanner } from './ArchivedBanner.tsx'
import { firstActions } from './first-actions.ts'
import { prepareSwitcher } from './switching.ts'
import { followVisits } from './visits.ts'

export const channels: Feature = {
  name: 'channels',
  actions: firstActions,
  rest: () => import('./rest.ts'),
  background: [followVisits, prepareSwitcher],
  channelParts: [ArchivedBanner],
}
