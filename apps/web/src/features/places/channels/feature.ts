import type { Feature } from '../../../platform/feature.ts'
import { ArchivedBanner } from './ArchivedBanner.tsx'
import { channelActions } from './actions.ts'

export const channels: Feature = {
  name: 'channels',
  actions: channelActions,
  channelParts: [ArchivedBanner],
}
