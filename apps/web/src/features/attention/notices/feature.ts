import { BellRing } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'
import { keepBadge } from './badge.ts'
import { PermissionBanner } from './PermissionBanner.tsx'
import { ringForMessages } from './ringing.ts'

const channelNotices = dialog(async () => (await import('./ChannelNotices.tsx')).ChannelNotices)

export const notices: Feature = {
  name: 'notices',
  background: [ringForMessages, keepBadge],
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
        ...(['notices.desktop', 'notices.sound', 'notices.text', 'notices.email', 'notices.keys'] as const),
        ...([
          'notices.firstName',
          'notices.wide',
          'notices.replies',
          'notices.away',
          'notices.threads',
        ] as const),
        ...(['notices.push', 'notices.interval'] as const),
      ],
      Section: later(async () => (await import('./NoticesSection.tsx')).NoticesSection),
    },
  ],
}
