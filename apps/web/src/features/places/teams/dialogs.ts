/** The dialogs of teams. */
import { dialog } from '../../../platform/dialogs.ts'

export const invite = dialog(async () => (await import('./InviteDialog.tsx')).InviteDialog)
export const createTeam = dialog(async () => (await import('./CreateTeam.tsx')).CreateTeam)
