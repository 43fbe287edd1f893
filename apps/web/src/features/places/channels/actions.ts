/** What people can do with channels. */
import type { Channel } from '@plausch/wire'
import {
  Archive,
  Bell,
  BellOff,
  Info,
  LogOut,
  MessageSquarePlus,
  Plus,
  Search,
  Settings2,
  Telescope,
} from 'lucide-react'
import { type Action, action, type Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { openPane } from '../../../platform/panes.ts'
import { here } from '../../../platform/place.ts'
import { archiveChannel, browseChannels, channelSettings, createChannel, newConversation } from './dialogs.ts'
import { infoPane } from './panes.ts'
import { channelRights } from './rights.ts'
import { openSwitcher } from './switching.ts'

const teamId = (): string => here.get().team?.id ?? ''

/** May the reader create channels in the current team? */
const mayCreate = (read: Read): boolean => {
  const permissions = read(client.roles.permissions(read(here).team?.id ?? ''))
  return permissions.has('create_public_channel') || permissions.has('create_private_channel')
}

const isMuted = ({ id }: Channel, read: Read): boolean => read(client.unreads.ofChannel(id)).isMuted
const isConversation = ({ type }: Channel): boolean => type === 'D' || type === 'G'

const leave = async ({ id }: Channel): Promise<void> => {
  await client.channels.leave(id)
  const { team } = here.get()
  if (team) toTeam(team)
}

export const channelActions: readonly Action[] = [
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
  action({
    on: 'channel',
    name: 'channels.change',
    label: 'channel.details',
    icon: Settings2,
    when: (channel) => !isConversation(channel),
    run: ({ id }) => channelSettings.open({ channelId: id }),
  }),
  action({
    on: 'channel',
    name: 'channels.mute',
    label: 'channel.mute',
    icon: BellOff,
    when: (channel, read) => !isMuted(channel, read),
    run: ({ id }) => client.members.setNotifyProps(id, { mark_unread: 'mention' }),
  }),
  action({
    on: 'channel',
    name: 'channels.unmute',
    label: 'channel.unmute',
    icon: Bell,
    when: isMuted,
    run: ({ id }) => client.members.setNotifyProps(id, { mark_unread: 'all' }),
  }),
  action({
    on: 'channel',
    name: 'channels.leave',
    label: 'channel.leave',
    icon: LogOut,
    group: 'end',
    when: ({ id }, read) => read(channelRights(id)).mayLeave,
    run: leave,
  }),
  action({
    on: 'channel',
    name: 'channels.archive',
    label: 'channel.archive',
    icon: Archive,
    group: 'end',
    isDanger: true,
    when: ({ id }, read) => read(channelRights(id)).mayArchive,
    run: ({ id }) => archiveChannel.open({ channelId: id }),
  }),
]
