/**
 * The sidebar as v4 shows it: three built-in categories that exist without a row, those that the person made,
 * and every channel in one of them.
 */
import type { Category, CategoryType, OrderedCategories } from '@plausch/wire'
import type { Db } from '../../../core/db.ts'
import { type CategoryRow, findCategories, findPlacings, type Placing, sidebarChannels } from './store.ts'

const builtIn = [
  { type: 'favorites', sort_order: 0, display_name: 'Favorites', sorting: '' },
  { type: 'channels', sort_order: 10, display_name: 'Channels', sorting: '' },
  { type: 'direct_messages', sort_order: 20, display_name: 'Direct Messages', sorting: 'recent' },
] as const

export const builtInId = (type: CategoryType, userId: string, teamId: string): string =>
  `${type}_${userId}_${teamId}`

type Channel = Awaited<ReturnType<typeof sidebarChannels>>[number]

const defaultType = (channel: Channel): CategoryType =>
  channel.team_id === '' ? 'direct_messages' : 'channels'

/** The categories of one person in one team, in order, computed from their placings and their channels. */
const arrange = (
  userId: string,
  teamId: string,
  rows: readonly CategoryRow[],
  placings: readonly Placing[],
  channels: readonly Channel[],
): OrderedCategories => {
  const defaults = builtIn.map((each) => ({
    ...each,
    user_id: userId,
    team_id: teamId,
    id: builtInId(each.type, userId, teamId),
    muted: false,
    collapsed: false,
  }))
  const own = new Map<string, Omit<Category, 'channel_ids'>>(defaults.map((each) => [each.id, each]))
  for (const row of rows) own.set(row.id, row)
  const placed = new Map(placings.map((placing) => [placing.channel_id, placing.category_id]))
  const positions = new Map(placings.map((placing) => [placing.channel_id, placing.position]))
  const inside = Map.groupBy(channels, (channel) => {
    const id = placed.get(channel.id)
    return id !== undefined && own.has(id) ? id : builtInId(defaultType(channel), userId, teamId)
  })
  const far = Number.MAX_SAFE_INTEGER
  const categories = [...own.values()]
    .sort((a, b) => a.sort_order - b.sort_order)
    .map((category) => ({
      ...category,
      channel_ids: (inside.get(category.id) ?? [])
        .toSorted((a, b) => (positions.get(a.id) ?? far) - (positions.get(b.id) ?? far))
        .map((channel) => channel.id),
    }))
  return { categories, order: categories.map((category) => category.id) }
}

/** The sidebar of a person in one team. */
export const sidebarOf = async (db: Db, userId: string, teamId: string): Promise<OrderedCategories> =>
  arrange(
    userId,
    teamId,
    await findCategories(db, userId, teamId),
    await findPlacings(db, userId, teamId),
    await sidebarChannels(db, userId, teamId),
  )

/**
 * The sidebars of a person in several teams, by team id, from two queries. `channels` are those of the
 * person, sorted by name.
 */
export const sidebarsOf = async (
  db: Db,
  userId: string,
  teamIds: readonly string[],
  channels: readonly Channel[],
) => {
  const rows = await findCategories(db, userId, '')
  const placings = await findPlacings(db, userId, '')
  return Object.fromEntries(
    teamIds.map((teamId) => [
      teamId,
      arrange(
        userId,
        teamId,
        rows.filter((row) => row.team_id === teamId),
        placings.filter((placing) => placing.team_id === teamId),
        channels.filter((channel) => channel.team_id === teamId || channel.team_id === ''),
      ),
    ]),
  )
}
