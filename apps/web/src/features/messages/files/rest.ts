/** The way to the files of a channel. */
import { Paperclip } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { openPane, pane } from '../../../platform/panes.ts'

const filesPane = pane('files', async () => (await import('./FilesPane.tsx')).FilesPane)

export const actions: readonly Action[] = [
  action({
    on: 'channel',
    name: 'files.show',
    label: 'files.inChannel',
    icon: Paperclip,
    slash: 'files',
    isOn: (_, read) => filesPane.isOpen(read(openPane)),
    run: ({ id }) => filesPane.toggle({ channelId: id }),
  }),
]
