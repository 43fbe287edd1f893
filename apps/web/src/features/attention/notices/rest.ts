/** What people can do about notices, and their settings. */
import { BellRing } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import type { SettingsSection } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

const channelNotices = dialog(async () => (await import('./ChannelNotices.tsx')).ChannelNotices)

export const actions: readonly Action[] = [
  action({
    on: 'channel',
    name: 'notices.change',
    label: 'notices.ofChannel',
    icon: BellRing,
    run: ({ id }) => channelNotices.open({ channelId: id }),
  }),
]

export const settings: readonly SettingsSection[] = [
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
]
