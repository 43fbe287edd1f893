/** The pane about a channel. */
import { pane } from '../../../platform/panes.ts'

export const infoPane = pane('channel', async () => (await import('./InfoPane.tsx')).InfoPane)
