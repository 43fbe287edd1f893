import { dialog } from '../../../platform/dialogs.ts'

export const secondFactorDialog = dialog(
  async () => (await import('./SecondFactorDialog.tsx')).SecondFactorDialog,
)
export const endSessionsDialog = dialog(async () => (await import('./EndSessions.tsx')).EndSessions)
export const revokeTokenDialog = dialog(async () => (await import('./RevokeToken.tsx')).RevokeToken)
export const deactivateDialog = dialog(async () => (await import('./Deactivate.tsx')).Deactivate)
