import { Bookmark, Pin } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { openPane } from '../../../platform/panes.ts'
import { pinnedPane, savedPane } from './panes.ts'

export const marked: Feature = {
  name: 'marked',
  actions: [
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
  ],
}
