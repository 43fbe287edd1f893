/** The dialogs of namespaces. */
import { dialog } from '../../../platform/dialogs.ts'

export const removeDialog = dialog(async () => (await import('./RemoveRule.tsx')).RemoveRule)
