/** The panes of marked messages. */
import { pane } from '../../../platform/panes.ts'

export const pinnedPane = pane('pinned', async () => (await import('./PinnedPane.tsx')).PinnedPane)
export const savedPane = pane('saved', async () => (await import('./SavedPane.tsx')).SavedPane)
