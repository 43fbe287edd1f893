/** The order of the sidebar, per team. */
import {
  type Category,
  type CategoryChange,
  type Home,
  type OrderedCategories,
  categories as operations,
} from '@plausch/wire'
import { Collection } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import type { Context, Noun } from './noun.ts'

/** The categories of a team in display order. */
const inOrder = ({ categories, order }: OrderedCategories): readonly Category[] => {
  const byId = new Map(categories.map((category) => [category.id, category]))
  const ordered = order.flatMap((id) => byId.get(id) ?? [])
  return [...ordered, ...categories.filter(({ id }) => !order.includes(id))]
}

export const createCategories = ({ call, me, track }: Context, channels: Channels) => {
  const byTeam = new Collection<readonly Category[]>()

  const load = async (teamId: string): Promise<void> => {
    byTeam.set(teamId, inOrder(await call(operations.list, { params: { user_id: 'me', team_id: teamId } })))
  }
  // v4's event says only that something changed, sometimes without a team.
  const reload = (teamId: string): void => {
    for (const id of teamId === '' ? byTeam.keys() : [teamId]) if (byTeam.has(id)) track(load(id))
  }
  const reloadAll = (): void => reload('')
  channels.onMoved(reloadAll)

  const takeOut = (channelId: string): void => {
    for (const teamId of byTeam.keys()) {
      byTeam.update(teamId, (all) =>
        all.map((each) => ({ ...each, channel_ids: each.channel_ids.filter((id) => id !== channelId) })),
      )
    }
  }

  const noun: Noun = {
    on: {
      sidebar_category_created: (_, { broadcast }) => reload(broadcast.team_id),
      sidebar_category_updated: ({ updatedCategories }, { broadcast }) => {
        if (updatedCategories) reload(broadcast.team_id)
      },
      sidebar_category_deleted: (_, { broadcast }) => reload(broadcast.team_id),
      sidebar_category_order_updated: (_, { broadcast }) => reload(broadcast.team_id),
      // The server decides which category a new channel is in.
      channel_created: ({ team_id }) => reload(team_id),
      channel_restored: (_, { broadcast }) => reload(broadcast.team_id),
      direct_added: reloadAll,
      group_added: reloadAll,
      user_added: ({ user_id, team_id }) => {
        if (user_id === me()) reload(team_id)
      },
      user_removed: ({ channel_id = '' }, { broadcast }) => {
        if (channel_id !== '' && broadcast.user_id === me()) takeOut(channel_id)
      },
      leave_team: ({ user_id, team_id }) => {
        if (user_id === me()) byTeam.delete(team_id)
      },
      delete_team: ({ team }) => byTeam.delete(team.id),
    },
    load: (home: Home) => {
      byTeam.replace(
        new Map(Object.entries(home.categories).map(([teamId, list]) => [teamId, inOrder(list)])),
      )
    },
    clear: () => byTeam.clear(),
  }

  return {
    ...noun,
    byTeam,
    reload,
    /**
     * Changes a category, visible at once. If the server refuses, shows the server's state again and throws.
     */
    async update(teamId: string, { id, ...change }: CategoryChange): Promise<void> {
      byTeam.update(teamId, (all) => all.map((each) => (each.id === id ? { ...each, ...change } : each)))
      try {
        await call(operations.update, {
          params: { user_id: 'me', team_id: teamId, category_id: id },
          body: { id, ...change },
        })
      } catch (fault) {
        await load(teamId)
        throw fault
      }
    },
  }
}

export type Categories = ReturnType<typeof createCategories>
