/** Ways to what is pinned and saved. */
import { Bookmark, Pin } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { openPane, pane } from '../../../platform/panes.ts'

const pinnedPane = pane('pinned', async () => (await import('./PinnedPane.tsx')).PinnedPane)
const savedPane = pane('saved', async () => (await import('./SavedPane.tsx')).SavedPane)

export const actions: readonly Action[] = [
  action({
    on: 'channel',
    name: 'marked.pinned',
    label: 'marked.pinned',
    icon: Pin,
    keys: 'Alt+Shift+P',
    group: 'inside',
    isOn: (_, read) => pinnedPane.isOpen(read(openPane)),
    run: ({ id }) => pinnedPane.toggle({ channelId: id }),
  }),
  action({
    on: 'app',
    name: 'marked.saved',
    label: 'marked.saved',
    icon: Bookmark,
    keys: 'Alt+Shift+S',
    group: 'mine',
    run: () => savedPane.toggle(),
  }),
]
