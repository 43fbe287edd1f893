/** The menus of the rows of the sidebar. */
import type { Category, Channel } from '@plausch/wire'
import { ArrowDown, ArrowUp, FolderInput, FolderPlus, ListFilter } from 'lucide-react'
import { announce } from '../../../browser/announce.ts'
import { attempt, say } from '../../../i18n/text.ts'
import { menuItems, shownOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import type { MenuItem } from '../../../ui/menu-items.ts'
import { nameCategory } from './dialogs.ts'
import { categoryName } from './names.ts'
import { ALL_DIRECT, directLimit } from './order.ts'
import { categoriesOf, categoryOf, neighbourIn, putBeside, putInto, takes } from './placing.ts'

const LIMITS = [10, 15, 20, 40, ALL_DIRECT]

/** Puts a channel into a category and says so, because its row disappears from under the reader's hand. */
const moveInto = (teamId: string, channel: Channel, category: Category): void =>
  void attempt(async () => {
    await putInto(teamId, channel, category)
    announce(
      say('category.moved', {
        channel: channelName(channel.id).get(),
        category: categoryName(category, say),
      }),
    )
  })

const step = (teamId: string, channel: Channel, by: 1 | -1): MenuItem[] => {
  const neighbour = neighbourIn(teamId, channel.id, by)
  if (!neighbour) return []
  return [
    {
      label: say(by === 1 ? 'category.moveDown' : 'category.moveUp'),
      icon: by === 1 ? ArrowDown : ArrowUp,
      run: () =>
        void attempt(() => putBeside(teamId, channel.id, neighbour.category, neighbour.id, by === 1)),
    },
  ]
}

/** Whatever dragging the row can do. */
const moves = (teamId: string, channel: Channel): MenuItem => {
  const current = categoryOf(teamId, channel)
  const places = categoriesOf(teamId)
    .filter((each) => takes(each, channel))
    .map(
      (each): MenuItem => ({
        label: categoryName(each, say),
        isChosen: each.id === current?.id,
        run: () => moveInto(teamId, channel, each),
      }),
    )
  return {
    kind: 'submenu',
    label: say('category.move'),
    icon: FolderInput,
    items: [
      ...step(teamId, channel, -1),
      ...step(teamId, channel, 1),
      { kind: 'line' },
      ...places,
      { kind: 'line' },
      {
        label: say('category.newNamed'),
        icon: FolderPlus,
        run: () => nameCategory.open({ teamId, channelId: channel.id }),
      },
    ],
  }
}

/** The menu of a channel: what can be done with it anywhere, and where its row can go. */
export const channelMenu = (teamId: string, channel: Channel): readonly MenuItem[] => {
  const shown = shownOn('channel', channel, 'menu').get()
  const at = shown.findIndex(({ action }) => action.name === 'categories.move')
  return [
    ...menuItems(shown.slice(0, at), channel),
    moves(teamId, channel),
    ...menuItems(shown.slice(at + 1), channel),
  ]
}

/** The menu of a category. */
export const categoryMenu = (category: Category): readonly MenuItem[] => {
  const items = menuItems(shownOn('category', category, 'menu').get(), category)
  const create: MenuItem = {
    label: say('category.create'),
    icon: FolderPlus,
    run: () => nameCategory.open({ teamId: category.team_id }),
  }
  if (category.type !== 'direct_messages') return [...items, { kind: 'line' }, create]
  const limit: MenuItem = {
    kind: 'submenu',
    label: say('category.limit'),
    icon: ListFilter,
    items: LIMITS.map((count) => ({
      label: count === ALL_DIRECT ? say('category.limitAll') : say('category.limitSome', { count }),
      isChosen: directLimit.get() === count,
      run: () =>
        void attempt(() =>
          client.preferences.save('sidebar_settings', 'limit_visible_dms_gms', String(count)),
        ),
    })),
  }
  return [...items, limit, { kind: 'line' }, create]
}
