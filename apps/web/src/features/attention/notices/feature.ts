import type { Feature } from '../../../platform/feature.ts'
import { laterWork } from '../../../platform/later.ts'
import { PermissionBanner } from './PermissionBanner.tsx'

export const notices: Feature = {
  name: 'notices',
  rest: () => import('./rest.ts'),
  background: [
    laterWork(async () => (await import('./ringing.ts')).ringForMessages),
    laterWork(async () => (await import('./badge.ts')).keepBadge),
  ],
  channelParts: [PermissionBanner],
}
