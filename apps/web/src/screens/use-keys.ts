/** The shortcuts of the chat: binds them, and returns them for the list. */
import type { Channel, Team } from '@plausch/wire'
import { neighbourOf } from '../features/places/categories/order.ts'
import { client } from '../platform/client.ts'
import { moveToRegion, type Shortcut, useShortcuts } from '../platform/shortcuts.ts'
import type { DialogName } from './Dialogs.tsx'

type Keys = {
  team: Team
  channelId: string
  show(dialog: DialogName): void
  open(channel: Channel): void
  toggleMembers(): void
}

export const useKeys = ({ team, channelId, show, open, toggleMembers }: Keys): readonly Shortcut[] => {
  const go =
    (step: 1 | -1, onlyUnread = false) =>
    (): void => {
      const channel = client.channels.records.one(neighbourOf(team.id, channelId, step, onlyUnread) ?? '')
      if (channel) open(channel)
    }
  const shortcuts: Shortcut[] = [
    { keys: 'Ctrl+K', name: 'shortcuts.switcher', run: () => show({ kind: 'switcher' }) },
    { keys: 'Alt+Down', name: 'shortcuts.next', run: go(1) },
    { keys: 'Alt+Up', name: 'shortcuts.previous', run: go(-1) },
    { keys: 'Alt+Shift+Down', name: 'shortcuts.nextUnread', run: go(1, true) },
    { keys: 'Alt+Shift+Up', name: 'shortcuts.previousUnread', run: go(-1, true) },
    { keys: 'Ctrl+Shift+M', name: 'shortcuts.members', run: toggleMembers },
    { keys: 'F6', name: 'shortcuts.region', run: () => moveToRegion(1) },
    { keys: 'Shift+F6', name: 'shortcuts.regionBack', run: () => moveToRegion(-1) },
    { keys: 'Ctrl+/', name: 'shortcuts.title', run: () => show({ kind: 'shortcuts' }) },
  ]
  useShortcuts(shortcuts)
  return shortcuts
}
