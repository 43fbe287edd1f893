/** Dialogs of messages; those that only actions open are in `rest.ts`. */
import { dialog } from '../../../platform/dialogs.ts'

export const editHistory = dialog(async () => (await import('./EditHistory.tsx')).EditHistory)
