/** The dialogs of teams. */
import { dialog } from '../../../platform/dialogs.ts'

export const invite = dialog(async () => (await import('./InviteDialog.tsx')).InviteDialog)
export const createTeam = dialog(async () => (await import('./CreateTeam.tsx')).CreateTeam)
export const openTeams = dialog(async () => (await import('./OpenTeams.tsx')).OpenTeams)
export const teamSettings = dialog(async () => (await import('./TeamSettings.tsx')).TeamSettings)
export const leaveTeam = dialog(async () => (await import('./LeaveTeam.tsx')).LeaveTeam)
export const archiveTeam = dialog(async () => (await import('./ArchiveTeam.tsx')).ArchiveTeam)
export const guestChange = dialog(async () => (await import('./GuestChange.tsx')).GuestChange)
