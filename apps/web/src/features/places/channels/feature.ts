import type { Feature } from '../../../platform/feature.ts'
import { channelActions } from './actions.ts'
import { prepareSwitcher } from './switching.ts'
import { followVisits } from './visits.ts'

export const channels: Feature = {
  name: 'channels',
  actions: channelActions,
  background: [followVisits, prepareSwitcher],
}
