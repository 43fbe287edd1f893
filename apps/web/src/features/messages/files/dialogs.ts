/** The viewer of files, and the pane with those of a channel. */
import { dialog } from '../../../platform/dialogs.ts'
import { pane } from '../../../platform/panes.ts'

export const viewer = dialog(async () => (await import('./Viewer.tsx')).Viewer)
export const filesPane = pane('files', async () => (await import('./FilesPane.tsx')).FilesPane)
