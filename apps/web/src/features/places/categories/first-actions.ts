/** The actions of the sidebar that have a button, or keys for which browsers have other uses. */
import { CheckCheck, FolderPlus } from 'lucide-react'
import type { TextId } from '../../../i18n/text.ts'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { here, hereChannelId } from '../../../platform/place.ts'
import { nameCategory } from './dialogs.ts'
import { isFiltered, neighbourOf } from './order.ts'

const teamId = (): string => here.get().team?.id ?? ''

/** Opens the neighbour of the open channel in the sidebar. */
const go = (step: 1 | -1, onlyUnread = false): void => {
  const next = neighbourOf(teamId(), hereChannelId.get(), step, onlyUnread)
  const channel = client.channels.records.one(next ?? '')
  if (channel) toChannel(channel)
}

const walk = (name: `categories.${string}`, label: TextId, keys: string, run: () => void): Action =>
  action({ on: 'app', name, label, keys, shownIn: [], run })

export const firstActions: readonly Action[] = [
  walk('categories.next', 'shortcuts.next', 'Alt+Down', () => go(1)),
  walk('categories.previous', 'shortcuts.previous', 'Alt+Up', () => go(-1)),
  walk('categories.nextUnread', 'shortcuts.nextUnread', 'Alt+Shift+Down', () => go(1, true)),
  walk('categories.previousUnread', 'shortcuts.previousUnread', 'Alt+Shift+Up', () => go(-1, true)),
  action({
    on: 'app',
    name: 'categories.create',
    label: 'category.create',
    icon: FolderPlus,
    run: () => nameCategory.open({ teamId: teamId() }),
  }),
  action({
    on: 'app',
    name: 'categories.filter',
    label: 'category.filter',
    labelFor: (_, read) => (read(isFiltered) ? 'category.filterOff' : 'category.filter'),
    icon: CheckCheck,
    keys: 'Ctrl+Shift+U',
    shownIn: ['palette'],
    isOn: (_, read) => read(isFiltered),
    run: () => isFiltered.set(!isFiltered.get()),
  }),
]
