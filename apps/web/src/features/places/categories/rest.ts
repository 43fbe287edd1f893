/** What people can do with categories, and with channels in the sidebar. */
import type { Category, Channel } from '@plausch/wire'
import {
  ArrowDown,
  ArrowUp,
  Bell,
  BellOff,
  FolderInput,
  MailOpen,
  Pencil,
  Star,
  StarOff,
  Trash2,
  X,
} from 'lucide-react'
import { notify } from '../../../browser/notices.ts'
import { say, type TextId } from '../../../i18n/text.ts'
import { type Action, action, type Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { toChannel, toTeam } from '../../../platform/navigation.ts'
import { here, hereChannelId } from '../../../platform/place.ts'
import { nameCategory } from './dialogs.ts'
import { closedPreference, hasUnreadGroup, isUnread, neighbourOf, sortingOf } from './order.ts'
import { categoryBeside, isFavourite, orderBeside, setFavourite } from './placing.ts'

const removeCategory = dialog(async () => (await import('./RemoveCategory.tsx')).RemoveCategory)
const moveChannel = dialog(async () => (await import('./MoveChannel.tsx')).MoveChannel)

const teamId = (): string => here.get().team?.id ?? ''

const isStarred = (channel: Channel, read: Read): boolean => {
  read(client.categories.byTeam.at(read(here).team?.id ?? ''))
  return isFavourite(teamId(), channel)
}

/** Hides a conversation until its next message; if it is open, goes elsewhere first. */
const close = async (channel: Channel): Promise<void> => {
  const { team } = here.get()
  if (hereChannelId.get() === channel.id && team) {
    const next = client.channels.records.one(neighbourOf(team.id, channel.id, -1) ?? '')
    if (next) toChannel(next)
    else toTeam(team)
  }
  const [kind, name] = closedPreference(channel, client.myId.get())
  await client.preferences.save(kind, name, 'false')
  notify('done', say('category.closed'))
}

const markRead = async ({ channel_ids }: Category): Promise<void> => {
  for (const id of channel_ids) if (isUnread(id).get()) await client.unreads.view(id)
}

const channelActions: readonly Action[] = [
  action({
    on: 'channel',
    name: 'categories.star',
    label: 'category.star',
    icon: Star,
    group: 'place',
    when: (channel, read) => !isStarred(channel, read),
    run: (channel) => setFavourite(teamId(), channel, true),
  }),
  action({
    on: 'channel',
    name: 'categories.unstar',
    label: 'category.unstar',
    icon: StarOff,
    group: 'place',
    when: isStarred,
    run: (channel) => setFavourite(teamId(), channel, false),
  }),
  action({
    on: 'channel',
    name: 'categories.move',
    label: 'category.move',
    icon: FolderInput,
    group: 'place',
    run: (channel) => moveChannel.open({ teamId: teamId(), channel }),
  }),
  action({
    on: 'channel',
    name: 'categories.close',
    label: 'category.close',
    icon: X,
    group: 'place',
    when: ({ type }) => type === 'D' || type === 'G',
    run: close,
  }),
]

/** The way in which a category is sorted is one of three. */
const sortBy = (sorting: 'alpha' | 'recent' | 'manual', label: TextId): Action =>
  action({
    on: 'category',
    name: `categories.${sorting}`,
    label,
    group: 'sort',
    shownIn: ['menu'],
    isOn: (category) => sortingOf(category) === sorting,
    run: ({ id, team_id }) => client.categories.update(team_id, { id, sorting }),
  })

const moveBy = (step: 1 | -1): Action =>
  action({
    on: 'category',
    name: step === 1 ? 'categories.down' : 'categories.up',
    label: step === 1 ? 'category.moveDown' : 'category.moveUp',
    icon: step === 1 ? ArrowDown : ArrowUp,
    group: 'move',
    shownIn: ['menu'],
    when: ({ id, team_id }, read) => {
      read(client.categories.byTeam.at(team_id))
      return categoryBeside(team_id, id, step) !== undefined
    },
    run: async ({ id, team_id }) => {
      const neighbour = categoryBeside(team_id, id, step)
      if (neighbour) await orderBeside(team_id, id, neighbour.id, step === 1)
    },
  })

const categoryActions: readonly Action[] = [
  action({
    on: 'category',
    name: 'categories.read',
    label: 'category.markRead',
    icon: MailOpen,
    group: 'state',
    shownIn: ['menu'],
    when: ({ channel_ids }, read) => channel_ids.some((id) => read(isUnread(id))),
    run: markRead,
  }),
  action({
    on: 'category',
    name: 'categories.mute',
    label: 'category.mute',
    labelFor: ({ muted }) => (muted ? 'category.unmute' : 'category.mute'),
    icon: BellOff,
    group: 'state',
    shownIn: ['menu'],
    when: ({ type, muted }) => type !== 'direct_messages' && !muted,
    run: ({ id, team_id }) => client.categories.update(team_id, { id, muted: true }),
  }),
  action({
    on: 'category',
    name: 'categories.unmute',
    label: 'category.unmute',
    icon: Bell,
    group: 'state',
    shownIn: ['menu'],
    when: ({ muted }) => muted,
    run: ({ id, team_id }) => client.categories.update(team_id, { id, muted: false }),
  }),
  sortBy('alpha', 'category.alpha'),
  sortBy('recent', 'category.recent'),
  sortBy('manual', 'category.manual'),
  moveBy(-1),
  moveBy(1),
  action({
    on: 'category',
    name: 'categories.rename',
    label: 'category.rename',
    icon: Pencil,
    group: 'own',
    shownIn: ['menu'],
    when: ({ type }) => type === 'custom',
    run: (category) => nameCategory.open({ teamId: category.team_id, category }),
  }),
  action({
    on: 'category',
    name: 'categories.remove',
    label: 'category.remove',
    icon: Trash2,
    group: 'own',
    isDanger: true,
    shownIn: ['menu'],
    when: ({ type }) => type === 'custom',
    run: (category) => removeCategory.open({ category }),
  }),
]

const appActions: readonly Action[] = [
  action({
    on: 'app',
    name: 'categories.unreadFirst',
    label: 'category.unreadFirst',
    shownIn: ['palette'],
    isOn: (_, read) => read(hasUnreadGroup),
    run: () =>
      client.preferences.save('sidebar_settings', 'show_unread_section', String(!hasUnreadGroup.get())),
  }),
]

export { dragHandlers } from './drag.ts'
export { categoryMenu, channelMenu } from './menus.ts'

export const actions: readonly Action[] = [...channelActions, ...categoryActions, ...appActions]
