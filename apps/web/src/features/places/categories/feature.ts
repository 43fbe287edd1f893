import { action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { here, hereChannelId } from '../../../platform/place.ts'
import { neighbourOf } from './order.ts'

/** Opens the neighbour of the open channel in the sidebar. */
const go = (step: 1 | -1, onlyUnread = false): void => {
  const team = here.get().team
  if (!team) return
  const channel = client.channels.records.one(
    neighbourOf(team.id, hereChannelId.get(), step, onlyUnread) ?? '',
  )
  if (channel) toChannel(channel)
}

export const categories: Feature = {
  name: 'categories',
  actions: [
    action({
      on: 'app',
      name: 'categories.next',
      label: 'shortcuts.next',
      keys: 'Alt+Down',
      shownIn: [],
      run: () => go(1),
    }),
    action({
      on: 'app',
      name: 'categories.previous',
      label: 'shortcuts.previous',
      keys: 'Alt+Up',
      shownIn: [],
      run: () => go(-1),
    }),
    action({
      on: 'app',
      name: 'categories.nextUnread',
      label: 'shortcuts.nextUnread',
      keys: 'Alt+Shift+Down',
      shownIn: [],
      run: () => go(1, true),
    }),
    action({
      on: 'app',
      name: 'categories.previousUnread',
      label: 'shortcuts.previousUnread',
      keys: 'Alt+Shift+Up',
      shownIn: [],
      run: () => go(-1, true),
    }),
  ],
}
