import type { SettingsSection } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const settings: readonly SettingsSection[] = [
  {
    name: 'profile',
    title: 'people.profile',
    finds: [
      ...(['profile.picture', 'profile.firstName', 'profile.lastName', 'profile.nickname'] as const),
      ...(['profile.username', 'profile.position', 'people.email', 'profile.changeEmail'] as const),
    ],
    Section: later(async () => (await import('./ProfileSection.tsx')).ProfileSection),
  },
]
