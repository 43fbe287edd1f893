import { BellRing } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later, laterWork } from '../../../platform/later.ts'
import { PermissionBanner } from './PermissionBanner.tsx'

const channelNotices = dialog(async () => (await import('./ChannelNotices.tsx')).ChannelNotices)

export const notices: Feature = {
  name: 'notices',
  background: [
    laterWork(async () => (await import('./ringing.ts')).ringForMessages),
    laterWork(async () => (await import('./badge.ts')).keepBadge),
  ],
  channelParts: [PermissionBanner],
  actions: [
    action({
      on: 'channel',
      name: 'notices.change',
      label: 'notices.ofChannel',
      icon: BellRing,
      run: ({ id }) => channelNotices.open({ channelId: id }),
    }),
  ],
  settings: [
    {
      name: 'notifications',
      title: 'notices.title',
      finds: [
        ...(['notices.desktop', 'notices.sound', 'notices.text', 'notices.keys'] as const),
        ...(['notices.firstName', 'notices.wide', 'notices.away', 'notices.threads'] as const),
        ...(['notices.push', 'notices.test', 'notices.testHint'] as const),
      ],
      Section: later(async () => (await import('./NoticesSection.tsx')).NoticesSection),
    },
  ],
}
