/** The dialogs of groups of people. */
import { dialog } from '../../../platform/dialogs.ts'

/** One group: who is in it, and what may be changed. */
export const groupDialog = dialog(async () => (await import('./GroupView.tsx')).GroupView)
export const newGroup = dialog(async () => (await import('./NewGroup.tsx')).NewGroup)
export const archiveGroup = dialog(async () => (await import('./ArchiveGroup.tsx')).ArchiveGroup)
