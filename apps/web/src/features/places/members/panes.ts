/** The pane and the dialog of a channel's people. */
import { dialog } from '../../../platform/dialogs.ts'
import { pane } from '../../../platform/panes.ts'

export const membersPane = pane('members', async () => (await import('./MembersPane.tsx')).MembersPane)
export const addPeople = dialog(async () => (await import('./AddPeople.tsx')).AddPeople)
