/** What people can do with channels. */
import type { Channel } from '@plausch/wire'
import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  Eye,
  Link2,
  Lock,
  LockKeyhole,
  LogOut,
  Settings2,
} from 'lucide-react'
import { notify } from '../../../browser/notices.ts'
import { say } from '../../../i18n/text.ts'
import { type Action, action, type Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { channelPath } from '../../../platform/names.ts'
import { here } from '../../../platform/place.ts'
import { DEFAULT_CHANNEL, isConversation, reasonAgainst } from './rights.ts'

const channelSettings = dialog(async () => (await import('./ChannelSettings.tsx')).ChannelSettings)
const archiveChannel = dialog(async () => (await import('./ArchiveChannel.tsx')).ArchiveChannel)
const convertChannel = dialog(async () => (await import('./ConvertChannel.tsx')).ConvertChannel)
const convertGroup = dialog(async () => (await import('./ConvertGroup.tsx')).ConvertGroup)
const leaveChannel = dialog(async () => (await import('./LeaveChannel.tsx')).LeaveChannel)
const readers = dialog(async () => (await import('./ReadersDialog.tsx')).ReadersDialog)

const isMuted = ({ id }: Channel, read: Read): boolean => read(client.unreads.muted(id))

const copyLink = async (channel: Channel): Promise<void> => {
  const team = client.teams.records.one(channel.team_id) ?? here.get().team
  await navigator.clipboard.writeText(`${location.origin}${channelPath(team?.name ?? '', channel)}`)
  notify('done', say('channel.linkCopied'))
}

const usualActions: readonly Action[] = [
  action({
    on: 'channel',
    name: 'channels.change',
    label: 'channel.settings',
    icon: Settings2,
    run: ({ id }) => channelSettings.open({ channelId: id }),
  }),
  action({
    on: 'channel',
    name: 'channels.readers',
    label: 'readers.title',
    icon: Eye,
    run: ({ id }) => readers.open({ channelId: id }),
  }),
  action({
    on: 'channel',
    name: 'channels.copyLink',
    label: 'channel.copyLink',
    icon: Link2,
    when: () => window.isSecureContext,
    run: copyLink,
  }),
  action({
    on: 'channel',
    name: 'channels.mute',
    label: 'channel.mute',
    icon: BellOff,
    group: 'notify',
    when: (channel, read) => !isMuted(channel, read),
    run: ({ id }) => client.members.setNotifyProps(id, { mark_unread: 'mention' }),
  }),
  action({
    on: 'channel',
    name: 'channels.unmute',
    label: 'channel.unmute',
    icon: Bell,
    group: 'notify',
    when: isMuted,
    run: ({ id }) => client.members.setNotifyProps(id, { mark_unread: 'all' }),
  }),
]

const lastActions: readonly Action[] = [
  action({
    on: 'channel',
    name: 'channels.makePrivate',
    label: 'channel.makePrivate',
    icon: Lock,
    group: 'end',
    when: ({ type, delete_at }) => type === 'O' && delete_at === 0,
    hindrance: (channel, read) => reasonAgainst(read, channel, 'convert'),
    run: ({ id }) => convertChannel.open({ channelId: id }),
  }),
  action({
    on: 'channel',
    name: 'channels.fromGroup',
    label: 'channel.fromGroup',
    icon: LockKeyhole,
    group: 'end',
    when: ({ type }) => type === 'G',
    run: ({ id }) => convertGroup.open({ channelId: id }),
  }),
  action({
    on: 'channel',
    name: 'channels.leave',
    label: 'channel.leave',
    icon: LogOut,
    group: 'end',
    when: (channel) => !isConversation(channel),
    hindrance: ({ name, display_name }) =>
      name === DEFAULT_CHANNEL ? { id: 'why.default', values: { name: display_name } } : '',
    run: ({ id }) => leaveChannel.open({ channelId: id }),
  }),
  action({
    on: 'channel',
    name: 'channels.archive',
    label: 'channel.archive',
    icon: Archive,
    group: 'end',
    isDanger: true,
    when: (channel) => !isConversation(channel) && channel.delete_at === 0,
    hindrance: (channel, read) => reasonAgainst(read, channel, 'archive'),
    run: ({ id }) => archiveChannel.open({ channelId: id }),
  }),
  action({
    on: 'channel',
    name: 'channels.restore',
    label: 'channel.restore',
    icon: ArchiveRestore,
    group: 'end',
    when: ({ delete_at }) => delete_at > 0,
    hindrance: (channel, read) => reasonAgainst(read, channel, 'restore'),
    run: ({ id }) => client.channels.restore(id),
  }),
]

export const actions: readonly Action[] = [...usualActions, ...lastActions]
