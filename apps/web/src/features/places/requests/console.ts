import { Inbox } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'site_config/team_requests',
    title: 'requestSettings.title',
    icon: Inbox,
    group: 'organisation',
    may: ['manage_system'],
    finds: ['requestSettings.lead', 'requestSettings.endorser', 'requestSettings.leader'],
    Page: later(async () => (await import('./SettingsPage.tsx')).SettingsPage),
  },
]
