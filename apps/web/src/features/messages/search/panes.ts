/** The panes of found messages. */
import { pane } from '../../../platform/panes.ts'

export const searchPane = pane('search', async () => (await import('./SearchPane.tsx')).SearchPane)
