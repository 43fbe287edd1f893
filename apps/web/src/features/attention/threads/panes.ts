/** The pane of a thread. */
import { pane } from '../../../platform/panes.ts'

export const threadPane = pane('thread', async () => (await import('./ThreadPane.tsx')).ThreadPane)
