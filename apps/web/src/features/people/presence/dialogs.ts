/** The dialogs of one's own status. */
import { dialog } from '../../../platform/dialogs.ts'

export const statusDialog = dialog(async () => (await import('./StatusDialog.tsx')).StatusDialog)
export const quietUntil = dialog(async () => (await import('./QuietUntil.tsx')).QuietUntil)
