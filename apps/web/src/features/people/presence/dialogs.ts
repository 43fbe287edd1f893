/** Dialogs of one's own status; those that only actions open are in `rest.ts`. */
import { dialog } from '../../../platform/dialogs.ts'

export const quietUntil = dialog(async () => (await import('./QuietUntil.tsx')).QuietUntil)
