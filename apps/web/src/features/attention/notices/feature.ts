import type { Feature } from '../../../platform/feature.ts'
import { afterMessages, later, laterWork } from '../../../platform/later.ts'

export const notices: Feature = {
  name: 'notices',
  rest: () => import('./rest.ts'),
  background: [
    laterWork(async () => (await import('./ringing.ts')).ringForMessages),
    laterWork(async () => (await import('./badge.ts')).keepBadge),
  ],
  channelParts: [later(async () => (await import('./PermissionBanner.tsx')).PermissionBanner, afterMessages)],
}
