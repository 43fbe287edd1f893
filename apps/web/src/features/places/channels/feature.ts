import type { Feature } from '../../../platform/feature.ts'
import { channelActions } from './actions.ts'

export const channels: Feature = { name: 'channels', actions: channelActions }
