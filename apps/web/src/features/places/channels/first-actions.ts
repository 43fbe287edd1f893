/** The actions of channels for which the page has buttons, and the one of the switcher. */
import { Info, MessageSquarePlus, Plus, Search, Telescope } from 'lucide-react'
import { type Action, action, type Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { openPane } from '../../../platform/panes.ts'
import { here } from '../../../platform/place.ts'
import { browseChannels, createChannel, newConversation } from './dialogs.ts'
import { infoPane } from './panes.ts'
import { isConversation } from './rights.ts'
import { openSwitcher } from './switching.ts'

const teamId = (): string => here.get().team?.id ?? ''

/** May the reader create channels in the current team? */
const mayCreate = (read: Read): boolean => {
  const permissions = read(client.roles.permissions(read(here).team?.id ?? ''))
  return permissions.has('create_public_channel') || permissions.has('create_private_channel')
}

export const firstActions: readonly Action[] = [
  action({
    on: 'app',
    name: 'channels.switch',
    label: 'shortcuts.switcher',
    icon: Search,
    keys: 'Ctrl+K',
    shownIn: [],
    run: openSwitcher,
  }),
  action({
    on: 'app',
    name: 'channels.browse',
    label: 'channel.browse',
    icon: Telescope,
    run: () => browseChannels.open({ teamId: teamId() }),
  }),
  action({
    on: 'app',
    name: 'channels.create',
    label: 'channel.create',
    icon: Plus,
    when: (_, read) => mayCreate(read),
    run: () => createChannel.open({ teamId: teamId() }),
  }),
  action({
    on: 'app',
    name: 'channels.converse',
    label: 'conversation.new',
    icon: MessageSquarePlus,
    run: () => newConversation.open({ teamId: teamId() }),
  }),
  action({
    on: 'channel',
    name: 'channels.info',
    label: 'channel.info',
    labelFor: (channel) => (isConversation(channel) ? 'channel.infoDirect' : 'channel.info'),
    icon: Info,
    keys: 'Ctrl+Alt+I',
    shownIn: ['toolbar', 'menu', 'palette'],
    isOn: (_, read) => infoPane.isOpen(read(openPane)),
    run: ({ id }) => infoPane.toggle({ channelId: id }),
  }),
]
