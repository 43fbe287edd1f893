/** The order of the sidebar, per team. */
import {
  type Category,
  type CategoryChange,
  type Home,
  type OrderedCategories,
  categories as operations,
} from '@plausch/wire'
import type { Handlers } from '../events.ts'
import { Collection } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import type { Context, Noun } from './noun.ts'

/** The categories of a team in display order. */
const inOrder = ({ categories, order }: OrderedCategories): readonly Category[] => {
  const byId = new Map(categories.map((category) => [category.id, category]))
  const ordered = order.flatMap((id) => byId.get(id) ?? [])
  return [...ordered, ...categories.filter(({ id }) => !order.includes(id))]
}

type Kept = {
  byTeam: Collection<readonly Category[]>
  /** Loads the categories of a team again; for '', those of all teams. */
  reload(teamId: string): void
  takeOut(channelId: string): void
}

const categoryHandlers = (me: () => string, { byTeam, reload, takeOut }: Kept): Handlers => ({
  sidebar_category_created: (_, { broadcast }) => reload(broadcast.team_id),
  sidebar_category_updated: ({ updatedCategories }, { broadcast }) => {
    if (updatedCategories) reload(broadcast.team_id)
  },
  sidebar_category_deleted: (_, { broadcast }) => reload(broadcast.team_id),
  sidebar_category_order_updated: (_, { broadcast }) => reload(broadcast.team_id),
  // The server decides which category a new channel is in.
  channel_created: ({ team_id }) => reload(team_id),
  channel_restored: (_, { broadcast }) => reload(broadcast.team_id),
  direct_added: () => reload(''),
  group_added: () => reload(''),
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
})

const without = (category: Category, channelIds: readonly string[]): Category =>
  category.channel_ids.some((id) => channelIds.includes(id))
    ? { ...category, channel_ids: category.channel_ids.filter((id) => !channelIds.includes(id)) }
    : category

export const createCategories = ({ call, me, track }: Context, channels: Channels) => {
  const byTeam = new Collection<readonly Category[]>()

  /** How many changes of a team the server has not answered yet. */
  const unanswered = new Map<string, number>()

  const load = async (teamId: string): Promise<void> => {
    const list = inOrder(await call(operations.list, { params: { user_id: 'me', team_id: teamId } }))
    // The answer may be older than a change that is on its way; the last of the changes loads again.
    if (!unanswered.has(teamId)) byTeam.set(teamId, list)
  }
  // v4's event says only that something changed, sometimes without a team.
  const reload = (teamId: string): void => {
    for (const id of teamId === '' ? byTeam.keys() : [teamId]) if (byTeam.has(id)) track(load(id))
  }
  channels.onMoved(() => reload(''))

  /**
   * Shows a change at once and asks the server for it. If the server refuses, shows the server's state again
   * and throws.
   */
  const changing = async <T>(
    teamId: string,
    change: (all: readonly Category[]) => readonly Category[],
    ask: () => Promise<T>,
  ): Promise<T> => {
    byTeam.update(teamId, change)
    unanswered.set(teamId, (unanswered.get(teamId) ?? 0) + 1)
    const answered = (): boolean => {
      const left = (unanswered.get(teamId) ?? 1) - 1
      if (left === 0) unanswered.delete(teamId)
      else unanswered.set(teamId, left)
      return left === 0
    }
    try {
      const reply = await ask()
      // Nobody waits for it; the event of the change may have come before the reply.
      if (answered()) track(load(teamId))
      return reply
    } catch (fault) {
      if (answered()) await load(teamId)
      throw fault
    }
  }

  const takeOut = (channelId: string): void => {
    for (const teamId of byTeam.keys()) {
      byTeam.update(teamId, (all) => all.map((each) => without(each, [channelId])))
    }
  }

  const noun: Noun = {
    on: categoryHandlers(me, { byTeam, reload, takeOut }),
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
    /** Changes a category. With `channel_ids`, other categories lose these channels. */
    update: (teamId: string, { id, ...change }: CategoryChange): Promise<Category> =>
      changing(
        teamId,
        (all) =>
          all.map((each) =>
            each.id === id ? { ...each, ...change } : without(each, change.channel_ids ?? []),
          ),
        () =>
          call(operations.update, {
            params: { user_id: 'me', team_id: teamId, category_id: id },
            body: { id, ...change },
          }),
      ),
    /** Makes a category below the favourites, and puts channels into it. */
    async create(teamId: string, name: string, channelIds: readonly string[] = []): Promise<Category> {
      const made = await call(operations.create, {
        params: { user_id: 'me', team_id: teamId },
        body: { display_name: name, channel_ids: [...channelIds] },
      })
      await load(teamId)
      return made
    },
    /** Removes a category; its channels return to the built-in ones. */
    remove: (teamId: string, categoryId: string): Promise<unknown> =>
      changing(
        teamId,
        (all) => all.filter(({ id }) => id !== categoryId),
        () =>
          call(operations.remove, {
            params: { user_id: 'me', team_id: teamId, category_id: categoryId },
          }),
      ),
    /** Orders the categories of a team; `ids` names each of them once. */
    order: (teamId: string, ids: readonly string[]): Promise<unknown> =>
      changing(
        teamId,
        (all) => ids.flatMap((id) => all.find((each) => each.id === id) ?? []),
        () => call(operations.setOrder, { params: { user_id: 'me', team_id: teamId }, body: [...ids] }),
      ),
  }
}

export type Categories = ReturnType<typeof createCategories>
