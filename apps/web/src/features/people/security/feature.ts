import { dialog } from '../../../platform/dialogs.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const secondFactorDialog = dialog(
  async () => (await import('./SecondFactorDialog.tsx')).SecondFactorDialog,
)
export const endSessionsDialog = dialog(async () => (await import('./EndSessions.tsx')).EndSessions)
export const revokeTokenDialog = dialog(async () => (await import('./RevokeToken.tsx')).RevokeToken)

export const deactivateDialog = dialog(async () => (await import('./Deactivate.tsx')).Deactivate)

export const security: Feature = {
  name: 'security',
  settings: [
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
  ],
}
