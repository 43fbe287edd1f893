import type { SettingsSection } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const settings: readonly SettingsSection[] = [
  {
    name: 'security',
    title: 'security.title',
    finds: [
      ...(['security.password', 'security.factor', 'security.factorHint', 'security.sessions'] as const),
      ...(['security.endOthers', 'security.tokens', 'security.tokensHint'] as const),
      ...(['security.deactivate', 'security.deactivateHint'] as const),
    ],
    Section: later(async () => (await import('./SecuritySection.tsx')).SecuritySection),
  },
]
