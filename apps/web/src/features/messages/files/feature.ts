import { Paperclip } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { openPane } from '../../../platform/panes.ts'
import { filesPane } from './dialogs.ts'
import { MessageFiles } from './MessageFiles.tsx'

/** Files of messages: how they look there, the viewer, and the list of a channel's files. */
export const files: Feature = {
  name: 'files',
  messageParts: [MessageFiles],
  actions: [
    action({
      on: 'channel',
      name: 'files.show',
      label: 'files.inChannel',
      icon: Paperclip,
      slash: 'files',
      isOn: (_, read) => filesPane.isOpen(read(openPane)),
      run: ({ id }) => filesPane.toggle({ channelId: id }),
    }),
  ],
}
