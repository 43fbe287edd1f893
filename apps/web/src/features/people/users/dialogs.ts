/** The dialogs of people. */
import { dialog } from '../../../platform/dialogs.ts'

export const profile = dialog(async () => (await import('./Profile.tsx')).Profile)
