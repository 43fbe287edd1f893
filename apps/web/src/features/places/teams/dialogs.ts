/** Dialogs of teams; those that only actions open are in `rest.ts`. */
import { dialog } from '../../../platform/dialogs.ts'

export const createTeam = dialog(async () => (await import('./CreateTeam.tsx')).CreateTeam)
export const openTeams = dialog(async () => (await import('./OpenTeams.tsx')).OpenTeams)
