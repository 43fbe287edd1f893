/** The dialogs of people. */
import { dialog } from '../../../platform/dialogs.ts'

/** A person's profile: with `anchor` beside it, otherwise, and on phones, as a dialog. */
export const profile = dialog(async () => (await import('./Profile.tsx')).Profile)
